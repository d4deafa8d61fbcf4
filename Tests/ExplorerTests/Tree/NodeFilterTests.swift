import TreeSearch
import Testing

@testable import Explorer

@Suite("The filter")
struct NodeFilterTests {
  /// 0 → 1 → 2 → 3, with prm n/96.
  private static func chain() throws -> SearchTree { try GrownTree.make(count: 4) { $0 - 1 } }

  private static func matches(_ source: String) throws -> [Int] {
    let tree = try chain()
    let filter = try NodeFilter(source)
    return (0..<4).filter { filter.matches(NodeID($0), in: tree) }
  }

  @Test(
    "Fields compare",
    arguments: [
      ("n>1", [0, 1, 2]), ("n=1", [3]), ("n>=2", [0, 1, 2]), ("depth=2", [2]), ("depth<=1", [0, 1]), ("id>2", [3]),
      ("prm>0.02", [2, 3]), ("critic.prm<0.02", [1]), ("children=1", [0, 1, 2]), ("inserted", [1, 2, 3]),
      ("\"step 3\"", [3]), ("STEP", [1, 2, 3]), ("n>1 depth>0", [1, 2]), ("v>0", []),
    ])
  func fields(source: String, expected: [Int]) throws {
    #expect(try Self.matches(source) == expected)
  }

  @Test(
    "What cannot be read is explained",
    arguments: [
      ("", "expected terms"), ("nn>1", "unknown field 'nn'"), ("n>x", "n: expected a number, found 'x'"),
      ("n=>1", "n: expected <, <=, =, >= or >, found '=>'"), ("n>", "n: expected a number, found ''"),
    ])
  func errors(source: String, message: String) {
    do {
      _ = try NodeFilter(source)
      Issue.record("'\(source)' was read")
    } catch {
      #expect(error.text.hasPrefix(message))
    }
  }

  @Test("A quoted comparison is text")
  func quoted() throws {
    let tree = try GrownTree.make(count: 2, text: { _ in "so n>1 holds" }) { _ in 0 }
    #expect(try NodeFilter("\"n>1\"").matches(NodeID(1), in: tree))
  }

  @Test("/ goes to the first match, n and N go round, inside folded branches too")
  func find() throws {
    var state = ExplorerState(size: Size(columns: 80, rows: 24))
    let tree = try GrownTree.make(count: 30, text: { $0 % 10 == 9 ? "here" : "there" }) { $0 - 1 }
    _ = state.reduce(.opened(OpenRun(id: "r", tree: tree)))
    for character in "/\"here\"" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    var visited: [Int] = [state.run?.cursor.offset ?? -1]
    for key in ["n", "n", "n", "N"] as [Character] {
      _ = state.reduce(.key(.character(key)))
      visited.append(state.run?.cursor.offset ?? -1)
    }
    // "there" holds "here": every node but the root matches.
    #expect(visited == [1, 2, 3, 4, 3])
    _ = state.reduce(.key(.character("/")))
    for character in "id=29" { _ = state.reduce(.key(.character(character))) }
    _ = state.reduce(.key(.enter))
    #expect(state.run?.cursor == NodeID(29))
  }

  @Test("No match says so and leaves the cursor; Esc takes the filter away")
  func nothing() throws {
    var person = FakeDriver()
    person.press("s s j / text:depth>50 Enter")
    #expect(person.cursor == NodeID(1))
    #expect(person.screen()[23].contains("no node matches depth>50"))
    person.press("Escape")
    #expect(person.state.run?.filter == nil)
  }
}
