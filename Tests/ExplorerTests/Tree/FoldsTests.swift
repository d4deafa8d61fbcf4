import Testing
import TreeInsight
import TreeSearch

@testable import Explorer

@Suite("Folding")
struct FoldsTests {
  @Test("Open to the third level, closed below, until told otherwise")
  func standard() throws {
    let tree = try GrownTree.make(count: 6) { $0 - 1 }
    var folds = Folds()
    #expect((0..<5).map { folds.isOpen(NodeID($0), in: tree) } == [true, true, true, false, false])
    folds.reveal(NodeID(5), in: tree)
    #expect((0..<5).allSatisfy { folds.isOpen(NodeID($0), in: tree) })
  }

  @Test("Opening all below a node opens what was closed there and what grows later, and nothing elsewhere")
  func openAll() throws {
    // 1 and 2 are children of the root; 3, 5, 7 hang below 1; 4, 6, 8 below 2.
    let tree = try GrownTree.make(count: 20) { max(0, $0 - 2) }
    var folds = Folds()
    folds.close(NodeID(3))
    folds.openAll(below: NodeID(1), in: tree)
    #expect(folds.isOpen(NodeID(3), in: tree))
    #expect(folds.isOpen(NodeID(15), in: tree))
    #expect(!folds.isOpen(NodeID(14), in: tree))
    folds.closeAll(below: NodeID(1), in: tree)
    #expect(!folds.isOpen(NodeID(1), in: tree))
    #expect(!folds.isOpen(NodeID(15), in: tree))
  }

  @Test("O opens everything below the cursor, and closes it again")
  func key() throws {
    var state = ExplorerState(size: Size(columns: 80, rows: 40))
    let tree = try GrownTree.make(count: 12) { $0 - 1 }
    _ = state.reduce(.opened(OpenRun(id: "r", tree: tree)))
    _ = state.reduce(.key(.character("O")))
    _ = state.reduce(.key(.character("G")))
    #expect(state.run?.cursor == NodeID(11))
    _ = state.reduce(.key(.character("g")))
    _ = state.reduce(.key(.character("O")))
    _ = state.reduce(.key(.character("G")))
    #expect(state.run?.cursor == .root)
  }
}
