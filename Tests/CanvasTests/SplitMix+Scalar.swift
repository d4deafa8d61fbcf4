import Vocabulary

extension SplitMix {
  /// Any scalar, half of them from the places where trouble lives.
  mutating func scalar() -> Unicode.Scalar {
    let risky: [ClosedRange<UInt32>] = [
      0...0xA0, 0x300...0x36F, 0x600...0x61F, 0x1100...0x11FF, 0x200B...0x2069, 0xE000...0xE010, 0xFE00...0xFE0F,
      0xFFF0...0xFFFF, 0x1F1E6...0x1F64F, 0xE0000...0xE01EF, 0xAC00...0xAC10,
    ]
    while true {
      let range = next() % 2 == 0 ? risky[below(risky.count)] : 0...0x10FFFF
      let value = range.lowerBound + UInt32(below(Int(range.upperBound - range.lowerBound) + 1))
      if let scalar = Unicode.Scalar(value) { return scalar }
    }
  }
}
