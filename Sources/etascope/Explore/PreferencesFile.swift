import Explorer
import Foundation
import Lab
import Vocabulary

/// Where it is kept what a person has arranged: `$XDG_STATE_HOME/etascope/screen.json`. It is small, its owner's alone, replaced as
/// a whole, and never a reason not to start or to end.
struct PreferencesFile {
  /// Bytes that are read at most.
  private static let limit = 1 << 16

  private let path: String
  /// What was kept; nil where there was nothing yet.
  let kept: Preferences?
  /// Why what was kept cannot be used.
  let problem: String?

  /// Reads the file of this user.
  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = DataFolder.state(environment).appending(path: "screen.json").path(percentEncoded: false)
    (kept, problem) = Self.read(path)
  }

  /// What is kept; nil where there is nothing yet. A file that cannot be used says why, and nothing of it is used.
  private static func read(_ path: String) -> (kept: Preferences?, problem: String?) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      return errno == ENOENT ? (nil, nil) : (Preferences(), "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    do {
      let bytes = try InputFile.bytes(of: descriptor, limit: Self.limit, .plain)
      return (try JSONDecoder().decode(Preferences.self, from: Data(bytes)), nil)
    } catch let failure as InputFile.Failure {
      return (Preferences(), "\(path): \(failure); it is passed over")
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
