import Foundation
import Vocabulary

extension TreeFormat {
  /// OpenEvolve's checkpoints: programs and the programs they were made of.
  static let openEvolve = TreeFormat(
    "openevolve",
    help: "OpenEvolve checkpoints (a folder with metadata.json and programs/): programs and what they were made of",
    joinsLines: true, fits: { $0["code"]?.string != nil && $0["metrics"]?.isObject == true && $0["id"] != nil },
    read: { [try OpenEvolveFile.read($0)] })
}

/// A folder that OpenEvolve wrote.
enum OpenEvolveFolder {
  /// Programs that a checkpoint has at most.
  private static let most = 1 << 20
  private static let longestProgram = 16 << 20

  static func isOne(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path + "/metadata.json")
      && FileManager.default.fileExists(atPath: path + "/programs", isDirectory: &isFolder) && isFolder.boolValue
  }

  /// The programs in the folder, in order of name. Throws ``ProblemFileError``.
  static func values(in path: String) throws -> [JSONView] {
    let folder = path + "/programs"
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".json") }
      .sorted()
    if names.isEmpty || names.count > most {
      throw ProblemFileError(file: folder, "expected from 1 to \(most) programs, found \(names.count)")
    }
    return try names.map { name in
      let file = folder + "/" + name
      do {
        return try JSONText(InputFile.bytes(at: file, limit: longestProgram)).root
      } catch let problem as JSONText.Problem {
        throw ProblemFileError(file: file, field: "line", "expected \(problem.expected) at byte \(problem.offset + 1)")
      } catch {
        throw ProblemFileError(file: file, "\(error)")
      }
    }
  }
}

/// A program is a whole text: it takes the place of its parent's and does not go on from it.
private enum OpenEvolveFile {
  static func read(_ values: [JSONView]) throws -> TreeDraft {
    var draft = TreeDraft()
    // A better program takes the place of the one before it in the archive, which is then in no checkpoint.
    draft.keepsOrphans = true
    for value in values where value["code"] != nil {
      guard let id = value["id"]?.word else { throw TreeFault(value, "id", "a name") }
      var node = TreeDraft.Node()
      (node.name, node.text, node.offset) = (id, try value.text("code"), value.offset)
      node.parent = value["parent_id"]?.word.map { .named($0) } ?? .root
      node.order = value.first("iteration_found", "timestamp")?.number
      for metric in value["metrics"].map(JSONMembers.init).map(Array.init) ?? [] {
        if let number = metric.number { node.scores.append((metric.key, number, nil)) }
      }
      draft.add(node)
    }
    return draft
  }
}
