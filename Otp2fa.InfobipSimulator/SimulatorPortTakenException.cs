namespace Otp2fa.InfobipSimulator;

/// <summary>The port asked for cannot be listened on: another program has it, or the system forbids it.</summary>
public sealed class SimulatorPortTakenException : IOException
{
    public SimulatorPortTakenException(int port, Exception cause)
        : base(
            $"The Infobip simulator cannot listen on port {port}, which is taken or not allowed: "
                + "choose another with the setting Simulator:Port, or with --port when it runs alone.",
            cause
        )
    {
        Port = port;
    }

    public int Port { get; }
}
