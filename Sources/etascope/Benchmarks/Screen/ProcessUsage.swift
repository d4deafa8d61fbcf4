import Foundation

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
