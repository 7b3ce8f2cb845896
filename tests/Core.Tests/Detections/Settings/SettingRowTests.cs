using System.Reflection;
using CipherWatch.Core.Detections.Settings;

namespace CipherWatch.Core.Tests.Detections.Settings;

public class SettingRowTests
{
    private static readonly DetectionSettings Other = Scenario.Settings("""
        {
          "TimeWindow": "00:05:00", "AllowedCryptoProcesses": [ "C:\\B\\b.exe" ], "EntropyThreshold": 7.4, "PayloadEntropyThreshold": 7.1,
          "TrustedCryptoLibs": [ { "process": "/opt/a", "library": "/opt/lib*.so" } ], "TrafficAsymmetryRatio": 5,
          "DoHResolvers": [ "doh.example" ], "AllowedMgmtHosts": [ "10.0.0.0/8" ], "Proxies": [ "10.0.0.8:3128" ], "PortProfiles": { "6000/udp": ["dtls"] },
          "TrafficVolumeThreshold": 5000, "CryptoModules": { "linux": [ { "name": "libfoo*", "weight": 50 } ] },
          "HostAddresses": { "WS1": ["10.0.0.1"] }, "Suppressions": [ { "destination": "192.0.2.9", "reason": "lab" } ],
          "EvidenceWeights": { "oddPort": 0 }
        }
        """);

    [Fact]
    public void Every_setting_has_a_row() => Assert.Equal(
        typeof(DetectionSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name)
            .Where(name => name != nameof(DetectionSettings.Version)).Order(),
        SettingRow.All.Select(row => row.Name).Order());

    [Fact]
    public void Each_row_takes_its_own_setting_and_no_other() => Assert.All(SettingRow.All, row =>
    {
        Assert.False(row.Same(DetectionSettings.Default, Other), row.Name);
        DetectionSettings taken = row.Take(DetectionSettings.Default, Other);
        Assert.True(row.Same(taken, Other), row.Name);
        Assert.All(SettingRow.All.Where(other => other != row), other => Assert.True(other.Same(taken, DetectionSettings.Default), other.Name));
    });
}
