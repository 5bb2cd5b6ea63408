#include "gateway/service/staged.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace heyan::service {
namespace {

constexpr std::size_t kMostFiles = 80'000;  // items and proofs of the largest submission

}  // namespace

const StagedPart* Staged::find(std::string_view path) const {
  const auto found = places_.find(path);
  return found == places_.end() ? nullptr : &parts_[found->second];
}

void Staged::drop(std::string_view path) {
  std::erase_if(parts_, [&](const StagedPart& part) { return part.path == path; });
  places_.clear();
  for (std::size_t i = 0; i < parts_.size(); ++i) places_.emplace(parts_[i].path, i);
}

core::Result<void> Staged::rename(std::string_view path, const std::string& to) {
  const auto place = places_.find(path);
  if (place == places_.end()) return core::fail(core::ErrorCode::kNotFound, "no such file");
  const std::size_t index = place->second;
  if (!places_.emplace(to, index).second) {
    return core::fail(core::ErrorCode::kMalformed, "a file was sent twice");
  }
  places_.erase(place);
  parts_[index].path = to;
  return {};
}

void Staged::keep_as_message(std::string_view folder) {
  for (StagedPart& part : parts_) part.of_message = part.path.starts_with(folder);
}

void Staged::discard() {
  open_.reset();
  files_.remove();
}

core::Result<void> Staged::begin(std::string_view path) {
  if (parts_.size() >= kMostFiles) return core::fail(core::ErrorCode::kLimit, "too many files");
  if (find(path) != nullptr) {
    return core::fail(core::ErrorCode::kMalformed, "a file was sent twice");
  }
  HEYAN_TRY(store::StagingFiles::File file, files_.create_file());
  places_.emplace(path, parts_.size());
  parts_.push_back({.path = std::string(path),
                    .size = 0,
                    .sha256 = {},
                    .file = std::move(file.path),
                    .of_message = false});
  open_ = std::move(file.descriptor);
  hasher_ = crypto::openssl_hasher(crypto::Hash::kSha256);
  return {};
}

core::Result<void> Staged::append(core::ByteView bytes) {
  StagedPart& part = parts_.back();
  hasher_->update(bytes);
  part.size += bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = ::write(open_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(core::ErrorCode::kIo, "the file cannot be stored");
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
  return {};
}

core::Result<void> Staged::finish() {
  parts_.back().sha256 = hasher_->finish();
  hasher_.reset();
  open_.reset();
  return {};
}

}  // namespace heyan::service
