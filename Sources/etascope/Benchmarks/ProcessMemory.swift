import Foundation

/// Resident memory of this process, from `/proc/self/status`; 0 where the system has none.
enum ProcessMemory {
  /// Resident now, in bytes.
  static var resident: Int { field("VmRSS:") }
  /// The most that was ever resident, in bytes. Unlike `getrusage`, it forgets the program that started this one.
  static var peak: Int { field("VmHWM:") }

  private static func field(_ name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
