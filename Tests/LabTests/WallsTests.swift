import Foundation
import Testing

@testable import Lab

/// What `doctor` says of the system's own walls, on machines that are folders.
struct WallsTests {
  private func findings(_ files: [String: String]) throws -> [String: Checkup.Finding] {
    let root = FileManager.default.temporaryDirectory.appending(path: "walls-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: root) }
    for (name, text) in files {
      let file = root.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let all = Checkup.walls(root: root.path(percentEncoded: false))
    #expect(all.map(\.part) == ["ptrace", "namespaces", "cgroups"])
    return Dictionary(uniqueKeysWithValues: all.map { ($0.part, $0) })
  }

  @Test func aMachineWithAllOfThem() throws {
    let found = try findings([
      "proc/sys/kernel/yama/ptrace_scope": "1\n", "proc/self/ns/user": "",
      "proc/sys/user/max_user_namespaces": "63000\n",
      "proc/self/cgroup": "0::/user.slice\n", "sys/fs/cgroup/cgroup.procs": "",
      "sys/fs/cgroup/user.slice/cgroup.controllers": "cpu memory pids io\n",
    ])
    #expect(found.values.allSatisfy { $0.verdict == .works }, "\(found)")
    #expect(found["ptrace"]?.detail.hasPrefix("kernel.yama.ptrace_scope is 1: ") == true)
    #expect(found["cgroups"]?.detail == "/sys/fs/cgroup/user.slice: cpu, memory, pids")
  }

  @Test func aMachineWithNone() throws {
    let found = try findings([:])
    #expect(found.values.allSatisfy { $0.verdict == .limited }, "\(found)")
    #expect(found["ptrace"]?.detail.hasPrefix("no Yama: ") == true)
    #expect(found["namespaces"]?.detail.hasPrefix("the kernel has no user namespaces: ") == true)
    #expect(found["cgroups"]?.detail.hasPrefix("no cgroups of version 2: ") == true)
  }

  @Test func wallsThatWereTakenDown() throws {
    let found = try findings([
      "proc/sys/kernel/yama/ptrace_scope": "0\n", "proc/self/ns/user": "", "proc/sys/user/max_user_namespaces": "0\n",
      "proc/self/cgroup": "3:cpu:/\n0::/\n", "sys/fs/cgroup/unified/cgroup.procs": "",
      "sys/fs/cgroup/unified/cgroup.controllers": "\n",
    ])
    #expect(found["ptrace"]?.detail.hasPrefix("kernel.yama.ptrace_scope is 0: ") == true)
    #expect(found["namespaces"]?.detail.hasPrefix("user.max_user_namespaces is 0: ") == true)
    #expect(found["cgroups"]?.detail == "/sys/fs/cgroup/unified has no controllers: limits hold for each process")
    #expect(found.values.allSatisfy { $0.verdict == .limited })
  }

  @Test func thisMachineIsLookedAt() { #expect(Checkup.walls().count == 3) }
}
