import Explorer
import Foundation
import Lab

/// Where it is kept what a person has arranged: `$XDG_STATE_HOME/etascope/screen.json`. It is small, its owner's alone, replaced as
/// a whole, and never a reason not to start or to end.
struct PreferencesFile {
  /// Bytes that are read at most.
  private static let limit = 1 << 16

  /// The file.
  let path: String

  /// The file of this user.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = DataFolder.state(environment).appending(path: "screen.json").path(percentEncoded: false)
  }

  /// What is kept; nil where there is nothing yet. A file that cannot be used says why, and nothing of it is used.
  func read() -> (kept: Preferences?, problem: String?) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      return errno == ENOENT ? (nil, nil) : (Preferences(), "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size <= Self.limit else {
      return (Preferences(), "\(path): expected a file of at most \(Self.limit) bytes; it is passed over")
    }
    var bytes = [UInt8](repeating: 0, count: Self.limit)
    let count = Foundation.read(descriptor, &bytes, bytes.count)
    do {
      return (try JSONDecoder().decode(Preferences.self, from: Data(bytes.prefix(max(0, count)))), nil)
    } catch {
      return (Preferences(), "\(path): it is damaged and passed over; what you arrange replaces it")
    }
  }

  /// Keeps what was arranged, or does not where that cannot be.
  func write(_ kept: Preferences) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(kept), data.count <= Self.limit else { return }
    let draft = "\(path).\(getpid())"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    let isWritten = Descriptor.write(data, to: descriptor) == nil
    close(descriptor)
    if !isWritten || rename(draft, path) != 0 { unlink(draft) }
  }
}
