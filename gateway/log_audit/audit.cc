#include "gateway/log_audit/audit.h"

#include <algorithm>

#include "gateway/log_audit/published_log.h"
#include "gateway/log_audit/tree_walk.h"

namespace heyan::log_audit {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using transparency::kTileWidth;
using transparency::Tile;
using transparency::TreeHash;

bool is_signed_by(const transparency::Note& note, const transparency::NoteVerifier& key) {
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  return transparency::verify_note(note, std::span(&key, 1), checker).has_value();
}

class Auditor {
 public:
  Auditor(const Request& request, const PublishedLog& log, transparency::Checkpoint checkpoint)
      : request_(request),
        log_(log),
        succession_(checkpoint.origin),
        walk_(
            [this](const Tile& tile, std::span<const TreeHash> hashes) { compare(tile, hashes); }) {
    audit_.checkpoint = std::move(checkpoint);
  }

  void check_signature(const transparency::Note& note) {
    if (request_.key == nullptr) return;
    const bool valid = is_signed_by(note, *request_.key);
    audit_.signature = valid ? Signature::kValid : Signature::kInvalid;
    if (!valid) found("signature", {}, "checkpoint");
    if (request_.key->name() != audit_.checkpoint.origin) found("origin", {}, "checkpoint");
  }

  Result<Audit> run() && {
    const std::uint64_t size = audit_.checkpoint.size;
    const auto& since = request_.since;
    if (since && since->size > size) found("older-shrunk", {}, "checkpoint");
    if (since && since->size == 0) compare_with_older();
    for (std::uint64_t index = 0; index * kTileWidth < size; ++index) {
      const auto width = std::min<std::uint64_t>(size - index * kTileWidth, kTileWidth);
      if (!read_bundle(index, static_cast<unsigned>(width))) break;
    }
    if (audit_.entries_read == size) {
      walk_.finish();
      if (walk_.root() != audit_.checkpoint.root) found("root", {}, "checkpoint");
    }
    conclude();
    if (refused_) return std::unexpected(*refused_);
    return std::move(audit_);
  }

 private:
  // False: what comes after it cannot be hashed.
  bool read_bundle(std::uint64_t index, unsigned width) {
    const auto entries = log_.entries(index, width);
    if (!entries && entries.error().code == ErrorCode::kIo) return refused(entries.error());
    if (!entries) {
      const bool missing = entries.error().code == ErrorCode::kNotFound;
      found(missing ? "entries-missing" : "entries-malformed", {},
            transparency::entry_bundle_path(index, width));
      return false;
    }
    for (const core::Bytes& entry : *entries) {
      for (const LeafFault fault : succession_.add(entry)) {
        found(name(fault), audit_.entries_read, transparency::entry_bundle_path(index, width));
      }
      walk_.add(transparency::leaf_hash(entry));
      if (request_.on_entry) request_.on_entry(entry);
      ++audit_.entries_read;
      if (request_.since && audit_.entries_read == request_.since->size) compare_with_older();
    }
    return true;
  }

  void compare_with_older() {
    if (walk_.root() != request_.since->root) found("older-forked", {}, "checkpoint");
  }

  void compare(const Tile& tile, std::span<const TreeHash> hashes) {
    const auto published = log_.hashes(tile);
    if (!published && published.error().code == ErrorCode::kIo) {
      refused(published.error());
    } else if (!published && published.error().code == ErrorCode::kNotFound) {
      found("tile-missing", {}, transparency::tile_path(tile));
    } else if (!published || !std::ranges::equal(*published, hashes)) {
      found("tile-differs", {}, transparency::tile_path(tile));
    }
  }

  void conclude() {
    for (const std::uint64_t index : succession_.second()) {
      found("report-second", index, transparency::entry_bundle_path(index / kTileWidth));
    }
    if (succession_.last() > request_.at + kClocksApart) found("leaf-future", {}, "checkpoint");
    audit_.counts = succession_.counts();
    audit_.waiting = succession_.waiting().size();
    for (const auto& [index, intake] : succession_.waiting()) {
      if (intake.at + kOverdueAfter < request_.at) audit_.overdue.push_back({index, intake});
    }
  }

  // The operating system's fault is not the log's.
  bool refused(const core::Error& error) {
    refused_ = error;
    return false;
  }

  void found(std::string_view word, std::optional<std::uint64_t> index, std::string file) {
    ++audit_.finding_count;
    if (audit_.findings.size() < kMostFindings) {
      audit_.findings.push_back({word, index, std::move(file)});
    }
  }

  const Request& request_;
  const PublishedLog& log_;
  Audit audit_;
  Succession succession_;
  TreeWalk walk_;
  std::optional<core::Error> refused_;
};

}  // namespace

Result<transparency::Checkpoint> read_checkpoint(std::string_view bytes,
                                                 const transparency::NoteVerifier* key) {
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(bytes));
  HEYAN_TRY(transparency::Checkpoint checkpoint, transparency::parse_checkpoint(note.text));
  if (key != nullptr && (!is_signed_by(note, *key) || key->name() != checkpoint.origin)) {
    return fail(ErrorCode::kUnsupported, "it is no checkpoint of the log that this key signs");
  }
  return checkpoint;
}

Result<Audit> audit(const Request& request) {
  HEYAN_TRY(const PublishedLog log, PublishedLog::open(request.folder));
  HEYAN_TRY(const std::string bytes, log.checkpoint());
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(bytes));
  HEYAN_TRY(transparency::Checkpoint checkpoint, transparency::parse_checkpoint(note.text));
  Auditor auditor(request, log, std::move(checkpoint));
  auditor.check_signature(note);
  return std::move(auditor).run();
}

}  // namespace heyan::log_audit
