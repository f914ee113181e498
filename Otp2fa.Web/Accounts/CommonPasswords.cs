namespace Otp2fa.Web.Accounts;

/// <summary>
/// Passwords that are tried first although they are long: made of at most two very common words, rows of keys, repetitions and
/// years, however often, with the usual letters in disguise (ASVS 6.2.4, 6.2.11, 6.2.12). A list of whole passwords of this
/// length would be long and still miss the next one; what they are made of is short.
/// </summary>
internal static class CommonPasswords
{
    // Four of five words that were chosen at random may well be in the list; two of them are what everybody does.
    private const int FewWords = 2;

    // Single characters between or behind the pieces.
    private const int FewOthers = 2;

    private const int ShortestRow = 3;
    private const int ShortestWord = 3;

    private static readonly string[] Rows =
    [
        "01234567890",
        "abcdefghijklmnopqrstuvwxyz",
        @"qwertyuiop[]\",
        "asdfghjkl",
        "zxcvbnm",
        "qwertzuiop",
        "yxcvbnm",
        "azertyuiop",
        "qsdfghjklm",
        "wxcvbn",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
        "!@#$%^&*()",
    ];

    private static readonly string[] Words =
    [
        .. """
            password passwort passwd passw pass word motdepasse contrasena senha parola wachtwoord haslo heslo salasana
            admin administrator administrador root user username login logon signin welcome willkommen bienvenue letmein
            changeme change temp temporary test testing tester guest default demo secret geheim private master system server
            computer internet network laptop windows microsoft google facebook youtube twitter instagram amazon apple samsung
            iphone android linkedin yahoo hotmail gmail outlook office office365 company business account security secure
            security1 iloveyou loveyou love lover loveme iloveu teamo ichliebedich jetaime forever always babygirl baby babe
            honey sweetheart sweet sweetie angel princess prince queen king kingdom beautiful gorgeous sunshine sunflower
            flower butterfly rainbow summer winter spring autumn monday friday january february march april june july august
            september october november december dragon monkey tiger lion eagle wolf panther jaguar leopard bear horse dog
            puppy kitten kitty cat mouse rabbit bunny chicken fish shark dolphin snake spider unicorn phoenix shadow ghost
            ninja samurai pirate warrior soldier sniper hunter ranger killer assassin legend hero superman batman spiderman
            ironman hulk avengers starwars skywalker vader jedi pokemon pikachu naruto goku sonic mario zelda minecraft
            fortnite roblox callofduty halo matrix football soccer baseball basketball hockey tennis golf cricket rugby liverpool
            arsenal chelsea manchester barcelona realmadrid juventus bayern dortmund yankees cowboys steelers lakers redsox
            michael jordan jennifer jessica ashley amanda nicole daniel david james john robert joseph thomas charles
            andrew matthew joshua anthony william richard george alexander alex michelle sarah laura maria anna peter paul
            mark chris christian martin steven kevin brian jason justin brandon samantha elizabeth victoria charlie buster
            maggie bailey max jack oliver harry lucky happy smile friend friends family mother father mom dad sister brother
            daughter son jesus christ god lord bible heaven blessed faith hope peace freedom liberty america canada england
            london paris berlin newyork texas california florida chicago boston dallas denver germany france spain italy
            mexico brazil india china japan russia money dollar rich diamond gold golden silver platinum crystal pearl
            chocolate cookie candy sugar banana orange apple cherry strawberry peaches pepper cheese pizza coffee coke pepsi
            corvette mustang ferrari porsche mercedes bmw toyota honda yamaha harley ducati guitar music metallica slipknot
            nirvana eminem rockstar rock star stars moon sun sunny sky blue red green black white purple yellow pink
            orange fuck fucker fuckyou fuckoff shit bitch asshole pussy sexy sex hot cool cooldude dude awesome good bad big
            little great super power magic mystery trust trustno nothing whatever anything everything something hello hallo
            bonjour hola ciao goodbye access open sesame opensesame enter please thankyou thanks number one two three four
            five six seven eight nine zero first last new old my your the you and is it me not for this that
            """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
    ];

    /// <param name="password">As typed.</param>
    /// <param name="ownWords">What belongs to the site and the person, such as the parts of the address.</param>
    public static bool Contains(string password, IEnumerable<string> ownWords)
    {
        var text = password.ToLowerInvariant();
        var words = Words
            .Concat(ownWords.Select(word => word.ToLowerInvariant()))
            .Where(word => word.Length >= ShortestWord)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return new Search(text, words).IsMadeOfFewPieces(0, [], 0);
    }

    private sealed class Search(string text, string[] words)
    {
        private readonly HashSet<(int, string, int)> hopeless = [];

        public bool IsMadeOfFewPieces(int at, IReadOnlyList<string> used, int others)
        {
            if (at == text.Length)
            {
                return true;
            }

            var key = (at, string.Join(' ', used.Order(StringComparer.Ordinal)), others);
            if (hopeless.Contains(key))
            {
                return false;
            }

            var isMade =
                IsMadeAfter(at + RowLength(at), at, used, others)
                || words
                    .Where(word => IsAt(word, at))
                    .Any(word =>
                        used.Contains(word, StringComparer.Ordinal)
                            ? IsMadeOfFewPieces(at + word.Length, used, others)
                            : used.Count < FewWords
                                && IsMadeOfFewPieces(at + word.Length, [.. used, word], others)
                    )
                || (IsSeparator(text[at]) && IsMadeOfFewPieces(at + 1, used, others))
                || (others < FewOthers && IsMadeOfFewPieces(at + 1, used, others + 1));
            if (!isMade)
            {
                hopeless.Add(key);
            }

            return isMade;
        }

        private bool IsMadeAfter(int end, int at, IReadOnlyList<string> used, int others) =>
            end > at && IsMadeOfFewPieces(end, used, others);

        /// <summary>The longest run of one character, of neighbours on a keyboard or in the alphabet, or a year; 0 if there is none.</summary>
        private int RowLength(int at)
        {
            var same = 1;
            while (at + same < text.Length && text[at + same] == text[at])
            {
                same++;
            }

            var longest = same >= ShortestRow ? same : 0;
            foreach (var row in Rows)
            {
                longest = Math.Max(
                    longest,
                    Math.Max(LengthIn(row, at, step: 1), LengthIn(row, at, step: -1))
                );
            }

            var isYear =
                at + 4 <= text.Length
                && text.AsSpan(at, 2) is "19" or "20"
                && char.IsAsciiDigit(text[at + 2])
                && char.IsAsciiDigit(text[at + 3]);
            return isYear ? Math.Max(longest, 4) : longest;
        }

        private int LengthIn(string row, int at, int step)
        {
            var longest = 0;
            for (var start = 0; start < row.Length; start++)
            {
                var length = 0;
                while (
                    at + length < text.Length
                    && start + (length * step) is var place
                    && place >= 0
                    && place < row.Length
                    && row[place] == text[at + length]
                )
                {
                    length++;
                }

                longest = Math.Max(longest, length);
            }

            return longest >= ShortestRow ? longest : 0;
        }

        private bool IsAt(string word, int at)
        {
            if (at + word.Length > text.Length)
            {
                return false;
            }

            for (var i = 0; i < word.Length; i++)
            {
                if (!IsDisguised(text[at + i], word[i]))
                {
                    return false;
                }
            }

            return true;
        }

        private static bool IsSeparator(char character) =>
            character is ' ' or '-' or '_' or '.' or ',' or '!' or '?' or '/' or '+' or '*' or '#';

        private static bool IsDisguised(char typed, char letter) =>
            typed == letter
            || (typed, letter)
                is
                    ('@', 'a')
                    or
                    ('4', 'a')
                    or
                    ('0', 'o')
                    or
                    ('1', 'i')
                    or
                    ('1', 'l')
                    or
                    ('!', 'i')
                    or
                    ('3', 'e')
                    or
                    ('$', 's')
                    or
                    ('5', 's')
                    or
                    ('7', 't');
    }
}
