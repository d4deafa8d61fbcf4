import Foundation

/// Keeps the input that is being read in a file that outlives the process: after a trap it is there, whatever the trap was.
final class InputKeeper {
  /// Where the input is: its first eight bytes are the length of the rest.
  let path: String
  private let memory: UnsafeMutableRawPointer
  private let capacity: Int

  /// A file for inputs of at most `longest` bytes of the target `name`, in the folder for temporary files.
  init(_ name: String, longest: Int) throws {
    path = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(name)-\(getpid()).input")
      .path(percentEncoded: false)
    capacity = longest
    let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw CocoaError(.fileWriteUnknown) }
    defer { close(file) }
    guard ftruncate(file, off_t(8 + longest)) == 0,
      let memory = mmap(nil, 8 + longest, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED
    else { throw CocoaError(.fileWriteUnknown) }
    self.memory = memory
  }

  deinit { munmap(memory, 8 + capacity) }

  /// Takes note of the input that is read next.
  func keep(_ input: [UInt8]) {
    memory.storeBytes(of: UInt64(input.count), as: UInt64.self)
    input.withUnsafeBytes { UnsafeMutableRawBufferPointer(start: memory + 8, count: capacity).copyMemory(from: $0) }
  }

  /// Nothing happened: the file is not needed.
  func remove() { unlink(path) }

  /// The input that a process which ended left at `path`.
  static func input(at path: String) throws -> [UInt8] {
    let data = try Data(contentsOf: URL(filePath: path))
    guard data.count >= 8 else { throw CocoaError(.fileReadCorruptFile) }
    let count = data.withUnsafeBytes { UInt64(littleEndian: $0.loadUnaligned(as: UInt64.self)) }
    guard count <= UInt64(data.count - 8) else { throw CocoaError(.fileReadCorruptFile) }
    return [UInt8](data[8..<8 + Int(count)])
  }
}
