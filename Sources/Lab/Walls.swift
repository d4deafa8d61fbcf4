import Foundation
import Vocabulary

extension Checkup {
  /// Which of the system's own walls between programs stand on this machine, as far as etascope's lean on them or take their place.
  ///
  /// - Parameter root: where the system's files are looked for; tests bring their own.
  package static func walls(root: String = "") -> [Finding] {
    let system = SystemFiles(root: root)
    return [ptrace(system), namespaces(system), cgroups(system)]
  }

  /// Whether programs of the same user can reach into one another.
  private static func ptrace(_ system: SystemFiles) -> Finding {
    let name = "kernel.yama.ptrace_scope"
    let scope = system.number("/proc/sys/kernel/yama/ptrace_scope")
    guard let scope, scope > 0 else {
      let found = scope == nil ? "no Yama" : "\(name) is 0"
      return Finding(
        part: "ptrace", verdict: .limited,
        detail:
          "\(found): every program of yours can read this one's memory, keys included; the sandbox does not lean on it")
    }
    return Finding(
      part: "ptrace", verdict: .works, detail: "\(name) is \(scope): no other program of yours reads this one's memory")
  }

  /// Whether the sandbox can be built.
  private static func namespaces(_ system: SystemFiles) -> Finding {
    func missing(_ why: String) -> Finding {
      Finding(
        part: "namespaces", verdict: .limited, detail: "\(why): there is no sandbox for programs that models write")
    }
    guard system.exists("/proc/self/ns/user") else { return missing("the kernel has no user namespaces") }
    if system.number("/proc/sys/user/max_user_namespaces") == 0 { return missing("user.max_user_namespaces is 0") }
    if system.number("/proc/sys/kernel/unprivileged_userns_clone") == 0, getuid() != 0 {
      return missing("kernel.unprivileged_userns_clone is 0")
    }
    if system.number("/proc/sys/kernel/apparmor_restrict_unprivileged_userns") == 1, getuid() != 0 {
      return Finding(
        part: "namespaces", verdict: .limited,
        detail: "AppArmor keeps them for programs that have a profile for it: bwrap needs one")
    }
    return Finding(part: "namespaces", verdict: .works, detail: "user namespaces can be made")
  }

  /// Whether the user has a group of processes of his own, with limits on all of it.
  private static func cgroups(_ system: SystemFiles) -> Finding {
    func limited(_ why: String) -> Finding {
      Finding(
        part: "cgroups", verdict: .limited,
        detail: "\(why): limits of the sandbox hold for each of its two processes, and a guard ends them")
    }
    let top = ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"].first { system.exists($0 + "/cgroup.procs") }
    guard let top, let own = system.ownCgroup else { return limited("no cgroups of version 2") }
    let folder = top + (own == "/" ? "" : own)
    guard system.isWritable(folder) else { return limited("none of your own: \(folder) cannot be written") }
    let controllers = system.text(folder + "/cgroup.controllers") ?? ""
    let known = Set(controllers.split(whereSeparator: \.isWhitespace)).intersection(["cpu", "memory", "pids"]).sorted()
    return Finding(
      part: "cgroups", verdict: known.isEmpty ? .limited : .works,
      detail: known.isEmpty
        ? "\(folder) has no controllers: limits hold for each process" : "\(folder): \(known.joined(separator: ", "))")
  }
}

/// The system's files about itself.
private struct SystemFiles {
  let root: String

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + path) }

  func isWritable(_ path: String) -> Bool { FileManager.default.isWritableFile(atPath: root + path) }

  func text(_ path: String) -> String? {
    (try? InputFile.bytes(at: root + path, limit: 1 << 16)).map { String(decoding: $0, as: UTF8.self) }
  }

  func number(_ path: String) -> Int? { text(path).flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) } }

  /// This process's group of version 2.
  var ownCgroup: String? {
    let line = text("/proc/self/cgroup")?.split(separator: "\n").first { $0.hasPrefix("0::/") }
    return line.map { String($0.dropFirst(3)) }
  }
}
