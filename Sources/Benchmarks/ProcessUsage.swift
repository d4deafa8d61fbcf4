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

/// Processor time of this process, its own and the system's for it, all threads together.
package enum ProcessorTime {
  /// In seconds.
  package static var seconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}

/// What a process has used, from `/proc`; zeros where the system has none.
struct ProcessUsage {
  /// The most memory that was ever resident, in bytes.
  let peakBytes: Int
  /// Processor time, its own and the system's for it, in seconds.
  let seconds: Double

  init(of process: pid_t) {
    peakBytes = ProcessMemory.peak(of: process)
    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    // The name in brackets may hold anything; times are fields 14 and 15 of the line.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = fields.count > 12 ? (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0) : 0
    seconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
