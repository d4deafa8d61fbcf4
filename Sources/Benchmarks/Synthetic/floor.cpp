// The bare loop: the synthetic task's search (SyntheticTask.swift) with nothing around it, one thread, one array of nodes.
// C++17. Arguments: simulations, depth, rounds. Prints SyntheticFigures as JSON.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace {

constexpr uint32_t nobody = 0xFFFFFFFFu;

struct Node {
  double total = 0, value, importance = 0;
  uint64_t key;
  uint32_t parent, eldest = nobody, youngest = nobody, sibling = nobody, visits = 0;
  uint16_t children = 0, depth;
};

uint64_t scramble(uint64_t z) {
  z += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

class Search {
 public:
  explicit Search(int cap) : cap(cap) { nodes.push_back(node(1, 0.5, nobody, 0)); }

  void simulate() {
    uint32_t at = 0;
    while (nodes[at].depth < cap) {
      if (nodes[at].children < width(at)) {
        at = widen(at);
        break;
      }
      at = best(at);
    }
    const double reward = nodes[at].value;
    for (; at != nobody; at = nodes[at].parent) {
      nodes[at].visits += 1;
      nodes[at].total += reward;
    }
  }

  std::vector<Node> nodes;

 private:
  const int cap;

  static Node node(uint64_t key, double value, uint32_t parent, int depth) {
    Node made;
    made.key = key;
    made.value = value;
    made.parent = parent;
    made.depth = static_cast<uint16_t>(depth);
    return made;
  }

  int width(uint32_t at) const {
    const int wanted = static_cast<int>(nodes[at].importance / 0.1) + 1;
    return at == 0 ? std::max(10, std::min(wanted, 60)) : std::max(2, std::min(wanted, 10));
  }

  uint32_t widen(uint32_t at) {
    const uint32_t made = static_cast<uint32_t>(nodes.size());
    const uint64_t key = scramble(nodes[at].key * 31 + nodes[at].children + 1);
    const double unit = static_cast<double>(scramble(key) >> 11) / 9007199254740992.0;
    const double value = 0.5 * nodes[at].value + 0.5 * unit;
    nodes.push_back(node(key, value, at, nodes[at].depth + 1));
    Node &parent = nodes[at];
    (parent.youngest == nobody ? parent.eldest : nodes[parent.youngest].sibling) = made;
    parent.youngest = made;
    parent.children += 1;
    parent.importance = std::max(parent.importance, std::fabs(value - parent.value));
    return made;
  }

  uint32_t best(uint32_t at) const {
    const double logarithm = std::log(static_cast<double>(nodes[at].visits));
    double most = -1;
    uint32_t pick = nobody;
    for (uint32_t child = nodes[at].eldest; child != nobody; child = nodes[child].sibling) {
      const double visits = nodes[child].visits;
      const double score = nodes[child].total / visits + std::sqrt(logarithm / visits);
      if (score > most) {
        most = score;
        pick = child;
      }
    }
    return pick;
  }
};

// Bytes of a field of /proc/self/status.
double memory(const char *field) {
  char line[256];
  double found = 0;
  if (FILE *file = std::fopen("/proc/self/status", "r")) {
    while (std::fgets(line, sizeof line, file))
      if (!std::strncmp(line, field, std::strlen(field))) found = std::atof(line + std::strlen(field)) * 1024;
    std::fclose(file);
  }
  return found;
}

}  // namespace

int main(int, char **arguments) {
  const long simulations = std::atol(arguments[1]);
  const int depth = std::atoi(arguments[2]), rounds = std::atoi(arguments[3]);
  double fastest = 1e300, mean = 0, grown = 0;
  size_t count = 0;
  int deepest = 0;
  const double before = memory("VmRSS:");
  for (int round = 0; round < rounds; round++) {
    const auto start = std::chrono::steady_clock::now();
    Search search(depth);
    for (long number = 0; number < simulations; number++) search.simulate();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    fastest = std::min(fastest, taken.count());
    if (round > 0) continue;
    grown = memory("VmHWM:") - before;
    mean = search.nodes[0].total / search.nodes[0].visits;
    count = search.nodes.size();
    for (const Node &node : search.nodes) deepest = std::max<int>(deepest, node.depth);
  }
  std::printf(
    "{\"simulations\": %ld, \"seconds\": %.9f, \"simulations_per_second\": %.0f, \"nodes\": %zu, \"deepest\": %d, "
    "\"root_q\": %.12f, \"peak_bytes_per_node\": %.1f}\n",
    simulations, fastest, simulations / fastest, count, deepest, mean, grown / count);
}
