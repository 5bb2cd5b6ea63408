#include "gateway/cli/nodes_file.h"

#include "verifier/core/text.h"

namespace heyan::cli {

std::expected<ops::Nodes, Trouble> load_nodes(const std::filesystem::path& file) {
  auto nodes = ops::load_nodes(file);
  if (nodes) return *std::move(nodes);
  std::string text = "the file of nodes is not as it must be";
  for (const trust::ConfigError& error : nodes.error())
    text += "\n  " + core::visible(trust::to_string(error), 2000);
  return std::unexpected(Trouble{.status = ExitStatus::kMalformed,
                                 .what = std::move(text),
                                 .defects = {},
                                 .remedy = "docs/fetching-proofs.md has an example."});
}

}  // namespace heyan::cli
