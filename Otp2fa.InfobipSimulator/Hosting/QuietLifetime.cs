namespace Otp2fa.InfobipSimulator.Hosting;

/// <summary>
/// Takes the place of the console lifetime, whose handlers for Ctrl+C belong to the program around the simulator.
/// </summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
