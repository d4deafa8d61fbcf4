import Testing

@testable import Models

/// Pieces of text as ids.
struct PieceTableTests {
  private func piece(_ text: String) -> PieceTable.Piece { PieceTable.Piece(bytes: Array(text.utf8)) }

  @Test func anIdStandsForOnePiece() {
    let table = PieceTable()
    let ids = ["a", "b", "a", ""].map { table.id(of: piece($0)) }
    #expect(ids == [0, 1, 0, 2])
    #expect(table.bytes(of: [1, 0, 1]) == Array("bab".utf8))
    #expect(table.bytes(of: [7, -1]).isEmpty, "unknown ids stand for nothing")
  }

  /// What was made lately is known, whatever was made before it; what is long ago is forgotten, and its id given to nobody.
  @Test func memoryIsBounded() {
    let table = PieceTable(most: 10_000)
    var latest: [(id: Int32, text: String)] = []
    for number in 0..<5000 {
      let text = "piece number \(number)"
      latest.append((table.id(of: piece(text)), text))
      if latest.count > 100 { latest.removeFirst() }
      for (id, text) in latest.suffix(3) + latest.prefix(1) { #expect(table.bytes(of: [id]) == Array(text.utf8)) }
    }
    #expect(table.count == 5000)
    #expect(table.bytes(of: [0]).isEmpty)
    #expect(table.id(of: piece("piece number 0")) == 5000)
  }
}
