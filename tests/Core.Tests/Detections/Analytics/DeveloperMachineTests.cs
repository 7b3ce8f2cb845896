using CipherWatch.Core.Detections;

namespace CipherWatch.Core.Tests.Detections.Analytics;

/// <summary>
/// What developers run, as it is installed: by its usual path, signer and libraries, calling what it calls. None of it is a finding
/// that wakes anybody, and the same program with payload that no exchange explains still is.
/// </summary>
public class DeveloperMachineTests
{
    private static readonly string[] Web = ["198.51.100.4:443", "198.51.100.5:443", "203.0.113.20:443", "203.0.113.21:443"];

    /// <summary>Name, image, signer or none, libraries, destinations.</summary>
    public static TheoryData<string, string, string?, string, string> Programs => new()
    {
        { "Anaconda", @"C:\Users\ana\anaconda3\python.exe", null, "bcrypt.dll bcryptprimitives.dll libcrypto-3-x64.dll libssl-3-x64.dll", "" },
        { "conda in a folder of its own", @"C:\ProgramData\miniconda3\envs\ml\python.exe", null, "bcrypt.dll bcryptprimitives.dll libcrypto-3-x64.dll libssl-3-x64.dll", "" },
        { "conda and PostgreSQL", @"C:\Users\ana\anaconda3\python.exe", null, "bcrypt.dll libcrypto-3-x64.dll libssl-3-x64.dll", "10.1.0.40:5432" },
        { "Jupyter", @"C:\Users\ana\anaconda3\python.exe", null, "bcrypt.dll libcrypto-3-x64.dll libssl-3-x64.dll", "127.0.0.1:8888" },
        { "node", @"C:\Program Files\nodejs\node.exe", "OpenJS Foundation", "bcrypt.dll bcryptprimitives.dll", "" },
        { "node and MongoDB", @"C:\Program Files\nodejs\node.exe", "OpenJS Foundation", "bcrypt.dll bcryptprimitives.dll", "10.1.0.41:27017" },
        { "VS Code", @"C:\Users\ana\AppData\Local\Programs\Microsoft VS Code\Code.exe", "Microsoft Corporation", "bcrypt.dll bcryptprimitives.dll ncrypt.dll", "" },
        { "JetBrains", @"C:\Users\ana\AppData\Local\Programs\IntelliJ IDEA Ultimate\bin\idea64.exe", "JetBrains s.r.o.", "bcrypt.dll bcryptprimitives.dll", "" },
        { "JetBrains' runtime", @"C:\Users\ana\AppData\Local\Programs\Rider\jbr\bin\java.exe", "JetBrains s.r.o.", "bcrypt.dll bcryptprimitives.dll", "" },
        { "Git over HTTPS", @"C:\Program Files\Git\mingw64\libexec\git-core\git-remote-https.exe", null, "bcrypt.dll libcrypto-3-x64.dll libssl-3-x64.dll", "198.51.100.4:443" },
        { "Git over schannel", @"C:\Program Files\Git\mingw64\libexec\git-core\git-remote-https.exe", null, "bcrypt.dll ncryptsslp.dll schannel.dll", "198.51.100.4:443" },
        { "Git over SSH", @"C:\Program Files\Git\usr\bin\ssh.exe", null, "bcrypt.dll bcryptprimitives.dll msys-crypto-3.dll", "198.51.100.4:22" },
        { "Docker Desktop", @"C:\Program Files\Docker\Docker\resources\com.docker.backend.exe", "Docker Inc", "bcryptprimitives.dll", "" },
        { "docker", @"C:\Program Files\Docker\Docker\resources\bin\docker.exe", "Docker Inc", "bcryptprimitives.dll", "10.1.0.42:2376" },
        { "an Electron app", @"C:\Users\ana\AppData\Local\slack\app-4.39.95\slack.exe", "Slack Technologies, LLC", "bcrypt.dll bcryptprimitives.dll ncrypt.dll", "" },
        { "an Electron app that calls", @"C:\Users\ana\AppData\Local\Discord\app-1.0.9164\Discord.exe", "Discord Inc.", "bcrypt.dll bcryptprimitives.dll ncrypt.dll", "203.0.113.30:50004/udp" },
        { "DBeaver", @"C:\Users\ana\AppData\Local\DBeaver\dbeaver.exe", "DBeaver Corporation", "bcrypt.dll bcryptprimitives.dll", "10.1.0.40:5432 10.1.0.43:3306" },
        { "HeidiSQL", @"C:\Program Files\HeidiSQL\heidisql.exe", "Ansgar Becker", "bcrypt.dll libcrypto-3-x64.dll libssl-3-x64.dll", "10.1.0.43:3306" },
        { "SQL Server Management Studio", @"C:\Program Files (x86)\Microsoft SQL Server Management Studio 20\Common7\IDE\Ssms.exe", "Microsoft Corporation", "bcrypt.dll bcryptprimitives.dll ncryptsslp.dll schannel.dll", "10.1.0.44:1433" },
        { "pgAdmin", @"C:\Users\ana\AppData\Local\Programs\pgAdmin 4\python\python.exe", "Python Software Foundation", "bcrypt.dll libcrypto-3-x64.dll libssl-3-x64.dll", "10.1.0.40:5432" },
        { "mongosh", @"C:\Users\ana\AppData\Local\Programs\mongosh\mongosh.exe", "MONGODB, INC.", "bcrypt.dll bcryptprimitives.dll", "203.0.113.40:27017" },
        { "redis-cli", @"C:\Program Files\Redis\redis-cli.exe", null, "bcryptprimitives.dll", "10.1.0.45:6379" },
        { "go", @"C:\Program Files\Go\bin\go.exe", "Google LLC", "bcryptprimitives.dll", "" },
        { "cargo", @"C:\Users\ana\.cargo\bin\cargo.exe", null, "bcrypt.dll bcryptprimitives.dll ncryptsslp.dll schannel.dll", "" },
        { "kubectl", @"C:\Users\ana\bin\kubectl.exe", "Docker Inc", "bcryptprimitives.dll", "10.1.0.46:6443" },
        { "terraform", @"C:\Users\ana\bin\terraform.exe", "HashiCorp, Inc.", "bcryptprimitives.dll", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void It_stays_under_medium(string name, string image, string? signer, string libraries, string destinations)
    {
        IReadOnlyList<Detection> found = Day(image, signer, libraries, destinations).Found();
        Assert.True(
            found.All(detection => detection.Severity < Severity.Medium),
            $"{name}: {string.Join("; ", found.SelectMany(detection => detection.Evidence).Select(piece => $"{piece.Kind} {piece.Weight}"))}");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Payload_that_nothing_explains_is_found_in_it(string name, string image, string? signer, string libraries, string destinations)
    {
        IReadOnlyList<Detection> found = Day(image, signer, libraries, destinations).Connects(port: 4450, local: 51000)
            .Payload(Scenario.Random(), port: 4450, local: 51000).Found();

        // Editors and messengers by their publishers are allowed random payload (AllowedCryptoProcesses).
        bool isAllowed = name is "VS Code" || name.StartsWith("an Electron app", StringComparison.Ordinal);
        Assert.Equal(isAllowed, found.All(detection => detection.Severity < Severity.Medium));
    }

    private static Scenario Day(string image, string? signer, string libraries, string destinations)
    {
        Scenario day = new Scenario(image).Started().OwnImage(signed: signer is not null, signer);
        foreach (string library in libraries.Split(' '))
        {
            day.Loads(library);
        }

        ushort local = 50100;
        foreach (string destination in destinations.Length == 0 ? Web : destinations.Split(' '))
        {
            string[] parts = destination.Split('/')[0].Split(':');
            day.Connects(parts[0], ushort.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), local: local, times: 12);
            local += 20;
        }

        return day;
    }
}
