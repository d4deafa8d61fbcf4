import Foundation
import Synchronization
import Vocabulary

/// What a presenter and those who follow a run tell each other beside its journal: small files in a folder next to the
/// workspace, `WORKSPACE-stage/RUN.place` and a file a vote in `WORKSPACE-stage/RUN.votes`.
///
/// Nothing here is part of the record: what cannot be written or read is left out, and the run goes on. A follower needs
/// the right to read the workspace; whoever has it may vote where the vote is open. A lock says that the presenter is there: with it
/// everything else counts, or is what somebody has left who was killed. Calls block, for microseconds.
public final class Stage: Sendable {
  /// Names that are looked at in one folder at most. Whoever adds more, has them taken away look by look.
  private static let mostNames = 20_000
  /// Numbers that a node can have: whoever writes the files may write anything.
  private static let nodes = 0..<Int(Int32.max)
  /// Bytes of a vote at most.
  private static let mostBytes = 32
  /// Bytes of what a presenter tells at most: a page of a tour is the longest of it.
  private static let mostTold = 1 << 16

  private let workspace: String
  /// What the run's files are called.
  private let name: String
  /// What a presenter holds while presenting.
  private let performance = Mutex<Performance?>(nil)

  private struct Performance {
    let lock: FileLock
    let folder: SideFolder
    let votes: SideFolder
  }

  /// The stage of a run in the workspace at `path`.
  public convenience init(workspace path: String, run: String) {
    let safe = run.addingPercentEncoding(withAllowedCharacters: Self.plain) ?? ""
    // A file's name has 255 bytes at most. No run is called like this, because a tilde would be encoded.
    self.init(workspace: path, name: safe.utf8.count > 200 ? "~\(SHA256.hex(run.utf8))" : safe)
  }

  private init(workspace: String, name: String) { (self.workspace, self.name) = (workspace, name) }

  private static let plain = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{0}"..."\u{7F}"))
    .union(CharacterSet(charactersIn: "-_"))

  private var place: String { "\(name).place" }
  private var votes: String { "\(name).votes" }

  /// Behind every byte of the file of locks that stands for a run or a round.
  private var lockOffset: Int64 { 1 << 41 | Int64(SHA256.lot(of: name) & 0xFF_FFFF_FFFF) }

  private static func path(beside workspace: String) -> String { WorkspaceFile.real(workspace) + "-stage" }

  // MARK: - The presenter

  /// Takes the stage; `isOpen` lets every user vote who may read the workspace. Returns why there is no stage, nil where there is.
  @discardableResult
  public func begin(isOpen: Bool = false) -> String? {
    do {
      let rights = SideRights(workspace: workspace)
      guard let lock = try FileLock(beside: workspace, offset: lockOffset) else {
        return "another explorer presents this run"
      }
      guard let folder = try SideFolder(path: Self.path(beside: workspace), rights, .mode(rights.folder)),
        let votes = try folder.folder(votes, .mode(0o700))
      else { return "\(Self.path(beside: workspace)): it has been taken away" }
      clear(folder, votes)  // what a presenter who was killed has left
      if isOpen { try votes.setMode(rights.openFolder) }
      performance.withLock { $0 = Performance(lock: lock, folder: folder, votes: votes) }
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Tells where the presenter stands.
  public func publish(_ now: PresenterPlace) {
    performance.withLock { performance in
      guard let folder = performance?.folder, let data = try? CanonicalJSON.data(now) else { return }
      try? folder.replace(place, with: Array(data), mode: folder.rights.file)
    }
  }

  /// Changes whenever somebody votes or takes a vote back; nil without a stage.
  public var votesVersion: Int? { performance.withLock { $0?.votes.version } }

  /// Votes by node, as far as they can be read: one of each user, the last. What is none is taken away.
  public func tally() -> [Int: Int] {
    performance.withLock { performance in
      guard let folder = performance?.votes else { return [:] }
      var last: [uid_t: (name: String, moment: timespec, node: Int)] = [:]
      for name in folder.names(limit: Self.mostNames) {
        guard let (node, info) = Self.vote(name, in: folder) else {
          Self.remove(name, from: folder, keepsDrafts: true)
          continue
        }
        let before = last[info.st_uid]
        let isLast = before.map { ($0.moment.tv_sec, $0.moment.tv_nsec) < (info.st_ctim.tv_sec, info.st_ctim.tv_nsec) }
        if isLast ?? true { last[info.st_uid] = (name, info.st_ctim, node) }
        if let surplus = isLast == false ? name : before?.name { folder.remove(surplus) }
      }
      return Dictionary(last.values.map { ($0.node, 1) }, uniquingKeysWith: +)
    }
  }

  /// Takes all votes away: what they were for is decided.
  public func clearVotes() {
    performance.withLock { performance in
      guard let votes = performance?.votes else { return }
      for name in votes.names(limit: .max) { Self.remove(name, from: votes, keepsDrafts: true) }
    }
  }

  /// Takes the place and all votes away.
  public func end() {
    performance.withLock { performance in
      guard let now = performance else { return }
      try? now.votes.setMode(0o700)  // from now on nobody adds another
      clear(now.folder, now.votes)
      now.folder.remove(votes)
      // Fails, as it should, while another run is on stage.
      rmdir(now.folder.path)
      performance = nil
    }
  }

  private func clear(_ folder: SideFolder, _ votes: SideFolder) {
    folder.remove(place)
    for name in votes.names(limit: .max) { Self.remove(name, from: votes, keepsDrafts: false) }
  }

  /// Takes away what is in a folder of votes. A larger file of this user's own is none of ours.
  private static func remove(_ name: String, from votes: SideFolder, keepsDrafts: Bool) {
    guard let info = votes.info(name) else { return }
    if info.st_mode & S_IFMT == S_IFREG, info.st_uid == geteuid(), info.st_size >= mostBytes { return }
    // Somebody may be writing it just now; the moment is the system's, not that of whoever made it.
    if keepsDrafts, name.hasPrefix("."), time(nil) - info.st_ctim.tv_sec < 5 { return }
    votes.remove(name)
  }

  /// Takes away what presenters who were killed have left beside the workspace at `path`.
  static func sweep(workspace path: String) {
    for stage in all(beside: path) where stage.begin() == nil { stage.end() }
  }

  /// The stages of runs that are, or were, presented.
  private static func all(beside workspace: String) -> [Stage] {
    let rights = SideRights(workspace: workspace)
    guard let folder = try? SideFolder(path: path(beside: workspace), rights) else { return [] }
    let names = folder.names(limit: mostNames).filter { $0.hasSuffix(".place") || $0.hasSuffix(".votes") }
    return Set(names.map { String($0.dropLast(6)) }).map { Stage(workspace: workspace, name: $0) }
  }

  // MARK: - Those who follow

  /// Who presents which run of the workspace at `path`: names as they say them themselves, by run. Complexity: O(presenters).
  public static func presenters(workspace path: String) -> [String: String] {
    var found: [String: String] = [:]
    for stage in all(beside: path) {
      guard let run = stage.name.removingPercentEncoding, let place = stage.presenter() else { continue }
      found[run] = place.who ?? "somebody"
    }
    return found
  }

  /// True where somebody presents the run: what a presenter who was killed has left does not count.
  private var isPresented: Bool { FileLock.isHeld(beside: workspace, offset: lockOffset) }

  private func folder() throws -> SideFolder? {
    try SideFolder(path: Self.path(beside: workspace), SideRights(workspace: workspace))
  }

  /// Where the presenter stands; nil where nobody presents.
  public func presenter() -> PresenterPlace? {
    guard isPresented, let folder = try? folder(), let file = folder.read(place, limit: Self.mostTold),
      folder.rights.trusts(file.info)
    else { return nil }
    let place = try? CanonicalJSON.value(PresenterPlace.self, from: Data(file.bytes))
    return place.flatMap { place in
      let isPlausible = Self.nodes.contains(place.node) && place.moment ?? 0 >= 0 && place.shows?.isPlausible ?? true
      return isPlausible ? place : nil
    }
  }

  /// Why this user cannot vote; nil where nothing forbids it.
  public var votingProblem: String? {
    switch ballots() {
    case .success: nil
    case .failure(let problem): problem.words
    }
  }

  private struct VotingProblem: Error {
    let words: String
    static let isAbsent = VotingProblem(words: "nobody presents this run")
    static let isClosed = VotingProblem(words: "the presenter has not opened the vote (explore --votes)")
  }

  /// The folder to vote in.
  private func ballots() -> Result<SideFolder, VotingProblem> {
    guard isPresented else { return .failure(.isAbsent) }
    do {
      guard let votes = try folder()?.folder(votes) else { return .failure(.isAbsent) }
      return votes.isWritable ? .success(votes) : .failure(.isClosed)
    } catch let error as SystemError where error.code == EACCES {
      return .failure(.isClosed)
    } catch {
      return .failure(VotingProblem(words: "\(error)"))
    }
  }

  /// Votes for a node in place of what `voter` voted before. Returns why it did not count.
  public func vote(_ node: Int, as voter: String) -> String? {
    switch ballots() {
    case .failure(let problem): return problem.words
    case .success(let votes):
      do {
        // The presenter reads it, whoever that is.
        try votes.replace(voter, with: Array("\(node)\n".utf8), mode: 0o644)
        return nil
      } catch {
        return "\(error)"
      }
    }
  }

  /// Takes a vote back.
  public func retract(_ voter: String) {
    if case .success(let votes) = ballots() { votes.remove(voter) }
  }

  private static func vote(_ name: String, in folder: SideFolder) -> (node: Int, info: stat)? {
    guard !name.hasPrefix("."), let file = folder.read(name, limit: mostBytes) else { return nil }
    let text = String(decoding: file.bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return Int(text).flatMap { nodes.contains($0) ? ($0, file.info) : nil }
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
  /// What else is shown; nil where nothing is, or an earlier version presents.
  public let shows: StageShow?

  /// A place.
  public init(node: Int, moment: Int?, state: String, who: String? = nil, shows: StageShow? = nil) {
    self.node = node
    self.moment = moment
    self.state = state
    self.who = who
    self.shows = shows
  }
}
