#include "gateway/service/staged.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "verifier/core/text.h"

namespace heyan::service {

using core::ErrorCode;

namespace {

// What a limit says to whoever filed it.
struct LimitWords {
  std::string_view text;  // of the error
  std::string_view code;
  std::uint64_t store::StoredLimits::* most;
  std::string_view before;  // the path, and what follows it
  std::string_view after;
  std::string_view of_what;
};
constexpr std::array kLimitWords = {
    LimitWords{store::kFileTooLarge, "file-too-large", &store::StoredLimits::file_bytes, "\"",
               "\" has more than the ", " bytes that a file may have (limits.file_bytes)"},
    LimitWords{store::kSubmissionTooLarge, "submission-too-large",
               &store::StoredLimits::submission_bytes, "with \"",
               "\" the files have more than the ",
               " bytes that a submission may have (limits.submission_bytes)"},
    LimitWords{store::kProofTooLarge, "proof-too-large", &store::StoredLimits::proof_bytes, "\"",
               "\" has more than the ", " bytes that a proof may have"},
    LimitWords{store::kProofsTooLarge, "proofs-too-large", &store::StoredLimits::proofs_bytes,
               "with \"", "\" the proofs have more than the ",
               " bytes that those of a submission may have"}};

}  // namespace

contents::Defect defect_of(const store::StoredLimits& limits, const core::Error& error,
                           std::string_view path) {
  const auto* const words = std::ranges::find(kLimitWords, error.text, &LimitWords::text);
  if (words == kLimitWords.end()) return {"", "too-much-under-way", std::string(error.text)};
  const std::string name = core::visible(path);
  std::string detail(words->before);
  detail.append(name).append(words->after);
  detail.append(std::to_string(limits.*words->most)).append(words->of_what);
  return {name, std::string(words->code), std::move(detail)};
}

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
  if (place == places_.end()) return core::fail(ErrorCode::kNotFound, "no such file");
  const std::size_t index = place->second;
  if (!places_.emplace(to, index).second) {
    return core::fail(ErrorCode::kMalformed, "a file was sent twice");
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

core::Result<void> Staged::begin_container(std::string_view path) {
  HEYAN_CHECK_OK(begin(path));
  counts_ = false;
  return {};
}

core::Result<void> Staged::begin(std::string_view path) {
  if (parts_.size() >= kMostFiles) return core::fail(ErrorCode::kLimit, "too many files");
  if (find(path) != nullptr) {
    return core::fail(ErrorCode::kMalformed, "a file was sent twice");
  }
  HEYAN_TRY(store::StagingFiles::File file, files_.create_file());
  places_.emplace(path, parts_.size());
  parts_.push_back({.path = std::string(path),
                    .size = 0,
                    .sha256 = {},
                    .file = std::move(file.path),
                    .of_message = false});
  open_ = std::move(file.descriptor);
  counts_ = true;
  hasher_ = crypto::openssl_hasher(crypto::Hash::kSha256);
  return {};
}

// Of the open file: refused before a byte too many is written.
core::Result<void> Staged::count(std::uint64_t bytes) {
  if (!counts_) return {};
  const StagedPart& part = parts_.back();
  const auto fits = limits_.check(part.size + bytes, kept_ - part.size);
  if (!fits) over_limit_ = defect_of(limits_, fits.error(), part.path);
  if (fits) kept_ += bytes;
  return fits;
}

core::Result<void> Staged::append(core::ByteView bytes) {
  HEYAN_CHECK_OK(count(bytes.size()));
  StagedPart& part = parts_.back();
  hasher_->update(bytes);
  part.size += bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = ::write(open_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return core::fail(ErrorCode::kIo, "the file cannot be stored");
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
