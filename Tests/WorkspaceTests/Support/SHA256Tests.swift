import Testing

@testable import Workspace

@Suite struct SHA256Tests {
  // The first three are the examples of FIPS 180-4; the others were computed with coreutils' sha256sum.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]) func standardVectors(_ text: String, _ digest: String) { #expect(SHA256.hex(text.utf8) == digest) }

  @Test func aMillionLetters() {
    #expect(
      SHA256.hex(repeatElement(UInt8(ascii: "a"), count: 100_000).lazy.flatMap { repeatElement($0, count: 10) })
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  /// Lengths around the block size: adding bytes one by one and all at once must agree.
  @Test(arguments: [55, 56, 63, 64, 65, 119, 120, 128]) func piecewise(_ count: Int) {
    let bytes = (0..<count).map { UInt8($0) }
    var sha = SHA256()
    for byte in bytes { sha.update([byte]) }
    #expect(sha.finish() == SHA256.digest(bytes))
  }
}
