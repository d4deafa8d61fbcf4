import CKernels
import Testing
import Vocabulary

@Suite("SHA-256")
struct SHA256Tests {
  @Test(
    "known digests (FIPS 180-4 examples and block borders)",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (String(repeating: "a", count: 55), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
      (String(repeating: "a", count: 64), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
      (String(repeating: "a", count: 1000), "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ])
  func known(_ text: String, _ digest: String) {
    #expect(SHA256.hex(text.utf8) == digest)
    #expect(SHA256.digest(text.utf8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == digest)
  }

  @Test("piece by piece is the same as at once", arguments: [1, 7, 63, 64, 65, 200])
  func pieces(_ size: Int) {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    var digest = SHA256()
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { digest.update($0) }
    }
    #expect(digest.finishHex() == SHA256.hex(bytes))
  }

  @Test("what every processor runs gives what this one's instructions give", arguments: [0, 1, 2, 7])
  func builds(_ blocks: Int) {
    let bytes = (0..<64 * blocks).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 64) }
    let states = [ck_sha256_best(), ck_sha256_portable()].map { compress in
      var state = (1...8).map { UInt32($0) &* 0x9e37_79b9 }
      compress(&state, bytes, blocks)
      return state
    }
    #expect(states[0] == states[1])
  }

  // Computed with coreutils' sha256sum.
  @Test func aMillionLetters() {
    #expect(
      SHA256.hex(repeatElement(UInt8(ascii: "a"), count: 100_000).lazy.flatMap { repeatElement($0, count: 10) })
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
