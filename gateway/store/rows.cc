#include "gateway/store/rows.h"

#include <utility>

namespace heyan::store {

std::string small_letters(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

core::Result<State> state_named(std::string_view word) {
  for (const State state : {State::kQueued, State::kVerifying, State::kDone, State::kRejected}) {
    if (name(state) == word) return state;
  }
  return core::fail(core::ErrorCode::kInternal, "the database holds an unknown state");
}

core::Result<std::uint32_t> version_of(std::uint64_t stored) {
  if (!std::in_range<std::uint32_t>(stored)) {
    return core::fail(core::ErrorCode::kInternal, "the database holds a number out of range");
  }
  return static_cast<std::uint32_t>(stored);
}

core::Result<std::vector<StoredFile>> files_of(sql::StatementCache& statements,
                                               std::string_view submission) {
  HEYAN_TRY(auto rows, (statements.all<std::string, std::uint64_t, core::Bytes>(
                           "SELECT path, size, sha256 FROM files WHERE submission = ? "
                           "ORDER BY position",
                           submission)));
  std::vector<StoredFile> files;
  files.reserve(rows.size());
  for (auto& [path, size, sha256] : rows) {
    files.push_back({.path = std::move(path), .size = size, .sha256 = std::move(sha256)});
  }
  return files;
}

}  // namespace heyan::store
