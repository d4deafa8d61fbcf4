import Testing

@testable import etascope

/// Thirty frames a second, however many things happen.
struct FramePacerTests {
  @Test func aKeyAddsNoFramesToCome() {
    var pacer = FramePacer()
    let start = ContinuousClock.now
    func at(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }
    #expect(pacer.next(at: at(0)) == .now)
    pacer.painted(at: at(0))
    #expect(pacer.next(at: at(10)) == .after(.milliseconds(23)))
    #expect(pacer.next(at: at(11)) == .scheduled)
    // A key has its frame at once; the one that is coming waits for its distance from it.
    pacer.painted(at: at(20))
    #expect(pacer.next(at: at(21)) == .scheduled)
    #expect(pacer.due(at: at(33)) == .after(.milliseconds(20)))
    #expect(pacer.next(at: at(40)) == .scheduled)
    #expect(pacer.due(at: at(53)) == .now)
    pacer.painted(at: at(53))
    #expect(pacer.next(at: at(90)) == .now)
  }

  @Test func aSecondHasThirtyFrames() {
    var pacer = FramePacer()
    var (frames, due) = (0, Int?.none)
    let start = ContinuousClock.now
    for millisecond in 0..<1000 {
      let now = start + .milliseconds(millisecond)
      var turns = [pacer.next(at: now)]
      if due == millisecond { turns = [pacer.due(at: now)] }
      for turn in turns {
        switch turn {
        case .now:
          frames += 1
          pacer.painted(at: now)
        case .scheduled: break
        case .after(let delay): due = millisecond + Int(delay / .milliseconds(1))
        }
      }
    }
    #expect((28...31).contains(frames))
  }
}
