import Foundation

/// What a presenter and those who follow a run tell each other beside its journal: small files in a folder next to the
/// workspace, `WORKSPACE-stage/RUN.place` and a file a voter in `WORKSPACE-stage/RUN.votes`.
///
/// Nothing here is part of the record: what cannot be written or read is left out, and the run goes on. A follower needs
/// the right to read the workspace, and to vote the right to write into the folder of votes. Calls block, for microseconds.
public struct Stage: Sendable {
  /// Votes that are read at most.
  static let mostVotes = 1000
  /// Numbers that a node can have: whoever writes the files may write anything.
  private static let nodes = 0..<Int(Int32.max)

  private let folder: String
  private let place: String
  private let votes: String

  /// The stage of a run in the workspace at `path`.
  public init(workspace path: String, run: String) {
    folder = path + "-stage"
    let name =
      run.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-_"))) ?? "run"
    place = "\(folder)/\(name).place"
    votes = "\(folder)/\(name).votes"
  }

  // MARK: - The presenter

  /// Makes the folders; `isOpen` lets every user of the machine vote. Returns why there is no stage, nil where there is.
  @discardableResult
  public func begin(isOpen: Bool = false) -> String? {
    for path in [folder, votes] where mkdir(path, 0o755) != 0 && errno != EEXIST {
      return "\(path): \(SystemError(errno))"
    }
    clear()  // what a presenter who was killed has left
    // The sticky bit: everybody may add a vote, nobody may take another's away.
    if isOpen, chmod(votes, 0o1777) != 0 { return "\(votes): \(SystemError(errno))" }
    return nil
  }

  /// Tells where the presenter stands.
  public func publish(_ now: PresenterPlace) {
    guard let data = try? CanonicalJSON.data(now) else { return }
    try? data.write(to: URL(filePath: place), options: .atomic)
  }

  /// Changes whenever somebody votes or takes a vote back; nil without a stage.
  public var votesVersion: Int? {
    var info = stat()
    guard stat(votes, &info) == 0 else { return nil }
    return info.st_mtim.tv_sec &* 1_000_000_000 &+ info.st_mtim.tv_nsec
  }

  /// Votes by node, as far as they can be read.
  public func tally() -> [Int: Int] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: votes)) ?? []
    var tally: [Int: Int] = [:]
    for name in names.prefix(Self.mostVotes) where !name.hasPrefix(".") {
      guard let node = Self.vote(in: "\(votes)/\(name)") else { continue }
      tally[node, default: 0] += 1
    }
    return tally
  }

  private func clear() {
    unlink(place)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: votes)) ?? [] { unlink("\(votes)/\(name)") }
  }

  /// Takes the place and all votes away.
  public func end() {
    clear()
    rmdir(votes)
    rmdir(folder)  // fails, as it should, while another run is on stage
  }

  // MARK: - Those who follow

  /// Who presents which run of the workspace at `path`: names as they say them themselves, by run. Complexity: O(presenters).
  public static func presenters(workspace path: String) -> [String: String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path + "-stage")) ?? []
    var found: [String: String] = [:]
    for name in names.prefix(mostVotes) where name.hasSuffix(".place") {
      guard let run = name.dropLast(6).removingPercentEncoding else { continue }
      if let place = Stage(workspace: path, run: run).presenter() { found[run] = place.who ?? "somebody" }
    }
    return found
  }

  /// Where the presenter stands; nil where nobody presents.
  public func presenter() -> PresenterPlace? {
    guard let data = FileManager.default.contents(atPath: place), data.count < 4096 else { return nil }
    let place = try? CanonicalJSON.value(PresenterPlace.self, from: data)
    return place.flatMap { Self.nodes.contains($0.node) && $0.moment ?? 0 >= 0 ? $0 : nil }
  }

  /// Why this user cannot vote; nil where nothing forbids it.
  public var votingProblem: String? {
    if access(votes, F_OK) != 0 { return "nobody presents this run" }
    return access(votes, W_OK) == 0 ? nil : "the presenter has not opened the vote (explore --votes)"
  }

  /// Votes for a node in place of what `voter` voted before. Returns why it did not count.
  public func vote(_ node: Int, as voter: String) -> String? {
    if let votingProblem { return votingProblem }
    // A new name and a rename: the presenter never reads half a vote, and the folder's date changes.
    let draft = "\(votes)/.\(voter)"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return "\(SystemError(errno))" }
    let text = Array("\(node)\n".utf8)
    let isWritten = write(descriptor, text, text.count) == text.count
    close(descriptor)
    guard isWritten, rename(draft, "\(votes)/\(voter)") == 0 else { return "\(SystemError(errno))" }
    return nil
  }

  /// Takes a vote back.
  public func retract(_ voter: String) { unlink("\(votes)/\(voter)") }

  private static func vote(in path: String) -> Int? {
    // A link or a pipe that somebody put there must not be followed or waited for.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    let text = String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return Int(text).flatMap { nodes.contains($0) ? $0 : nil }
  }
}

/// Where a presenter stands in a run, for those who follow it.
public struct PresenterPlace: Codable, Equatable, Sendable {
  /// The selected node's number.
  public let node: Int
  /// The moment looked at; nil for the present.
  public let moment: Int?
  /// What the search is doing, in the word of the status line.
  public let state: String
  /// Who presents; nil where an earlier version does.
  public let who: String?

  /// A place.
  public init(node: Int, moment: Int?, state: String, who: String? = nil) {
    self.node = node
    self.moment = moment
    self.state = state
    self.who = who
  }
}
