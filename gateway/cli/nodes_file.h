// The file of nodes that a command may ask (docs/fetching-proofs.md): what stands in the way is
// said as a Trouble.
#pragma once

#include <expected>
#include <filesystem>

#include "gateway/cli/trouble.h"
#include "gateway/ops/nodes.h"

namespace heyan::cli {

// As ops::load_nodes. Status 65.
std::expected<ops::Nodes, Trouble> load_nodes(const std::filesystem::path& file);

}  // namespace heyan::cli
