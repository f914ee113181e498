using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Otp2fa.Web.Data;
using Otp2fa.Web.Limits;

namespace Otp2fa.Web.TwoFactor;

/// <summary>
/// Wrong codes in a row of an account, over days and challenges: so many of them that somebody must be guessing switch codes
/// off for it, until a number is bound again (NIST SP 800-63B-4 3.2.2).
/// </summary>
internal sealed class WrongCodes(
    Otp2faDbContext db,
    IOptions<LimitsOptions> limits,
    ILogger<WrongCodes> logger
)
{
    /// <summary>Proving a number is the way out, so that purpose is never switched off.</summary>
    public bool AreTooMany(ApplicationUser user, ChallengePurpose purpose) =>
        purpose != ChallengePurpose.VerifyNumber
        && user.WrongCodesInARow >= limits.Value.WrongCodesInARow;

    public async Task AddAsync(ApplicationUser user)
    {
        await db
            .Users.Where(u => u.Id == user.Id)
            .ExecuteUpdateAsync(set =>
                set.SetProperty(u => u.WrongCodesInARow, u => u.WrongCodesInARow + 1)
            );
        if (user.WrongCodesInARow + 1 == limits.Value.WrongCodesInARow)
        {
            logger.SwitchedOff(user.Id, limits.Value.WrongCodesInARow);
        }
    }

    public Task<int> ClearAsync(ApplicationUser user) =>
        db
            .Users.Where(u => u.Id == user.Id && u.WrongCodesInARow > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(u => u.WrongCodesInARow, 0));
}
