import Foundation
import Testing

/// A trainer outside ends with us, however we end.
@Suite(.ownThread)
struct TrainerKillTests {
  /// Trains with a script that starts processes of its own, one of them in a session of its own, and never ends.
  private func begun(_ scratch: Scratch) throws -> (program: Child, others: [pid_t]) {
    _ = try scratch.file(
      "trainer.sh",
      """
      sleep 600 & echo $! > "$1/../child"
      setsid sh -c 'sleep 600 & echo $! > "$0/../grandchild"; exec sleep 600' "$1" > /dev/null 2>&1 < /dev/null &
      echo '{"step": 1, "steps": 9, "loss": 2.5}'
      echo $$ > "$1/../self"
      sleep 600
      """)
    try FileManager.default.createDirectory(atPath: scratch.path("rows/data"), withIntermediateDirectories: true)
    _ = try scratch.file("rows/data/train.jsonl", #"{"prompt":"a\n","completion":"b\n"}"# + "\n")
    let program = try Program.start([
      "train", scratch.path("rows"), "--trainer", "command:sh \(scratch.path("trainer.sh"))", "--json", "-o",
      scratch.path("out"),
    ])
    var others: [pid_t] = []
    for name in ["child", "grandchild", "self"] {
      var pid: pid_t?
      let found = Waiting.until {
        let text = (try? String(contentsOfFile: scratch.path(name), encoding: .utf8)) ?? ""
        pid = pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines))
        return pid != nil
      }
      #expect(found, "\(name): \(program.errors)")
      others.append(try #require(pid))
    }
    return (program, others)
  }

  private func isGone(_ pid: pid_t) -> Bool {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return stat.isEmpty || stat.split(separator: ")").last?.hasPrefix(" Z") == true
  }

  @Test func aKillLeavesNoOrphan() throws {
    let scratch = try Scratch()
    let (program, others) = try begun(scratch)
    program.signal(SIGKILL)
    #expect(program.wait() == 128 + SIGKILL)
    for pid in others { #expect(Waiting.until { isGone(pid) }, "\(pid) lives on") }
  }

  @Test func aSignalStopsItAndTheSameCommandGoesOn() throws {
    let scratch = try Scratch()
    let (program, others) = try begun(scratch)
    program.signal(SIGINT)
    #expect(program.wait() == 3, "\(program.errors)")
    for pid in others { #expect(Waiting.until { isGone(pid) }, "\(pid) lives on") }
    #expect(program.output.contains(#""loss":2.5"#))
    _ = try scratch.file(
      "trainer.sh", "cp \"$2\"/* \"$3\"/; echo '{\"current_steps\": 9, \"total_steps\": 9, \"loss\": 1.5}'")
    let again = try Program.run([
      "train", scratch.path("rows"), "--trainer", "command:sh \(scratch.path("trainer.sh"))", "--json", "-o",
      scratch.path("out"),
    ])
    #expect(again.code == 0, "\(again.errors)")
    #expect(again.objects.last?["steps"] as? Int == 9 && again.objects.last?["kind"] as? String == "model")
  }
}
