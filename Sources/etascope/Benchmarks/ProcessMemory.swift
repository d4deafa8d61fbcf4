import Foundation

/// Resident memory, from `/proc`; 0 where the system has none.
enum ProcessMemory {
  /// This process's now, in bytes.
  static var resident: Int { field("VmRSS:", of: "self") }
  /// The most that this process ever had, in bytes. Unlike `getrusage`, it forgets the program that started this one.
  static var peak: Int { field("VmHWM:", of: "self") }

  /// The most that another process ever had, in bytes.
  static func peak(of process: pid_t) -> Int { field("VmHWM:", of: "\(process)") }

  private static func field(_ name: String, of process: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1024
  }
}
