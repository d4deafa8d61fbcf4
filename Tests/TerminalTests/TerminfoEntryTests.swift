import Foundation
import Testing
import Vocabulary

@testable import Terminal

struct TerminfoEntryTests {
  /// Three names, a flag, 15 numbers of 16 bits, a string of the terminal's own, worked out by hand from term(5).
  private static func small() -> [UInt8] {
    func words(_ values: [Int]) -> [UInt8] { values.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8 & 0xFF)] } }
    let names = Array("a|b\0".utf8)
    let numbers = Array(repeating: 0xFFFF, count: 13) + [256, 32767]
    let places = Array(repeating: 0xFFFF, count: 359) + [0, 3]
    let table = Array("fg\0bg\0".utf8)
    var bytes = words([0o432, names.count, 1, numbers.count, places.count, table.count]) + names + [1, 0]
    bytes += words(numbers) + words(places) + table
    // A flag AX, a number U8 of 1, a string kUP5.
    bytes += words([1, 1, 1, 4, 14]) + [1, 0] + words([1]) + words([0, 0, 3, 6]) + Array("up\0AX\0U8\0kUP5\0".utf8)
    return bytes
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  @Test func whatIsReadIsWrittenAgain() throws {
    let entry = try #require(TerminfoEntry(Self.small()))
    let again = try #require(TerminfoEntry(entry.bytes))
    #expect(entry.bytes == again.bytes)
    #expect(Array(entry.bytes.prefix(2)) == [0x1E, 0x02], "numbers of 32 bits")
    for word in ["a|b\0", "fg\0bg\0", "up\0", "AX\0U8\0kUP5\0"] { #expect(text(entry.bytes).contains(word)) }
  }

  @Test func aDirectOneHasColoursOf24BitsAndKeepsTheRest() throws {
    let direct = try #require(TerminfoEntry(Self.small())?.direct(named: "a-direct"))
    let bytes = direct.bytes
    #expect(text(bytes).contains("a-direct\0") && text(bytes).contains("AX\0RGB\0U8\0kUP5\0"))
    #expect(text(bytes).contains("38;2;") && text(bytes).contains("48;2;") && !text(bytes).contains("fg\0"))
    // 6 words, 9 of names, 1 flag, then number 13.
    #expect(Array(bytes[(12 + 9 + 1 + 4 * 13)...].prefix(8)) == [0, 0, 0, 1, 0, 0, 1, 0])
    var few = Self.small()
    few[12 + 4 + 2 + 2 * 13 + 1] = 0  // 0 colours
    #expect(TerminfoEntry(few)?.direct(named: "a-direct") == nil)
  }

  /// Files of others: whatever they hold, they are read or refused.
  @Test func damagedOnesAreRefused() {
    var random = SplitMix(seed: 20)
    var refused = 0
    for _ in 0..<20_000 {
      var bytes = Self.small()
      for _ in 0...random.below(4) {
        switch random.below(3) {
        case 0: bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes.removeLast(random.below(bytes.count))
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: random.below(bytes.count))
        }
        if bytes.isEmpty { bytes = [0] }
      }
      guard let entry = TerminfoEntry(bytes) else {
        refused += 1
        continue
      }
      _ = entry.direct(named: "x-direct")?.bytes
    }
    #expect((5_000..<20_000).contains(refused), "\(refused)")
    #expect(TerminfoEntry([]) == nil && TerminfoEntry(Array(repeating: 0, count: 40_000)) == nil)
    #expect(TerminfoEntry.find("../passwd", [:]) == nil && TerminfoEntry.find("", [:]) == nil)
  }
}
