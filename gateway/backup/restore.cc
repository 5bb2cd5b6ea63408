#include "gateway/backup/restore.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "gateway/backup/anew.h"
#include "gateway/backup/contents_key.h"
#include "gateway/backup/replay.h"
#include "gateway/backup/report_log_files.h"
#include "gateway/backup/restore_places.h"
#include "gateway/backup/uploads.h"
#include "gateway/backup/verify.h"
#include "gateway/keys/gateway_keys.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "gateway/os/write_file.h"
#include "verifier/transparency/note.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;

constexpr std::string_view kCheckDisk = "Check the disk, empty the state folder, and begin anew.";
// Without its keys no gateway starts: they come last.
constexpr std::array<std::string_view, 4> kInOrder = {"vault", "front", "signer", "keys"};

std::unexpected<Refusal> refuse(const core::Error& error, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

class Restorer {
 public:
  explicit Restorer(const RestoreRequest& request)
      : request_(request), half_(request.config.state / "restoring") {}
  ~Restorer() {
    std::error_code ignored;
    if (made_) std::filesystem::remove_all(half_, ignored);
  }
  Restorer(const Restorer&) = delete;
  Restorer& operator=(const Restorer&) = delete;

  std::expected<Restored, Refusal> run() {
    HEYAN_TRY(description_, read_description(request_.folder));
    HEYAN_TRY(manifest_, read_manifest(request_.folder, description_));
    HEYAN_TRY(const auto old_log, keys::load_log_verifier(request_.folder / "state/keys"));
    HEYAN_CHECK_OK(look(old_log));
    HEYAN_CHECK_OK(expect_whole());
    HEYAN_CHECK_OK(copy_state());
    HEYAN_CHECK_OK(take_keys(old_log));
    HEYAN_TRY(const ContentsKey contents, take_contents_key(request_.keys, half_));
    restored_.contents_key_lacking = contents == ContentsKey::kLacking;
    HEYAN_CHECK_OK(delete_again(old_log));
    HEYAN_CHECK_OK(begin_anew());
    HEYAN_CHECK_OK(leave_log(old_log));
    HEYAN_CHECK_OK(forget_the_rest());
    restored_.backup = description_;
    if (request_.record) HEYAN_CHECK_OK(request_.record(half_, restored_));
    HEYAN_CHECK_OK(put_in_place());
    return std::move(restored_);
  }

 private:
  std::expected<void, Refusal> look(const transparency::NoteVerifier& old_log) {
    const ops::Config& config = request_.config;
    if (config.database) {
      return refuse({ErrorCode::kUnsupported, "the tables are on a server, and not in files"},
                    "[database]",
                    "Restore the database with PostgreSQL's own means (docs/operator.md, \"Several "
                    "gateways\").");
    }
    if (config.log_follows.empty() || config.log_name == old_log.name()) {
      return refuse({ErrorCode::kMalformed, "the configuration names no new log"}, "[log]",
                    "Set a new name and follows in [log]: a log is never continued from a backup.");
    }
    if (request_.keys.empty() && !description_.keys) {
      return refuse({ErrorCode::kMalformed, "the backup holds no private keys"}, request_.folder,
                    "Name the folder with the gateway's keys: --keys.");
    }
    HEYAN_CHECK_OK(keys::expect_no_earlier_name(request_.folder / "state/keys", config.log_name));
    if (!request_.keys.empty()) {
      HEYAN_CHECK_OK(look_at_keys(request_.keys));
      // They may have signed logs that began after the backup.
      HEYAN_TRY(known_logs_, keys::load_known_logs(request_.keys));
      HEYAN_CHECK_OK(keys::expect_new_name(known_logs_, config.log_name));
    }
    HEYAN_TRY(given_, look_at_checkpoint(config.log_follows, old_log));
    std::error_code error;
    std::filesystem::create_directories(config.state, error);
    if (!std::filesystem::is_empty(config.state, error) || error) {
      return refuse({ErrorCode::kDuplicate, "the state folder is not empty"}, config.state,
                    "Restore into an empty folder; move what is there aside.");
    }
    if (::chmod(config.state.c_str(), 0700) != 0 || ::mkdir(half_.c_str(), 0700) != 0) {
      return refuse({ErrorCode::kIo, "it cannot be written"}, config.state,
                    "Give it to the user that restores: install -d -o heyan -g heyan -m 0700.");
    }
    made_ = true;
    return {};
  }

  // Each file is measured once more as it is copied: nobody changes it in between.
  std::expected<void, Refusal> expect_whole() {
    HEYAN_TRY(Verified verified, verify({.folder = request_.folder,
                                         .vault_key = request_.config.vault.key_file,
                                         .at = request_.at,
                                         .expect = request_.expect,
                                         .advance = request_.advance}));
    if (verified.holds() && verified.encrypted > 0 && !verified.opened) {
      return refuse({ErrorCode::kMalformed, "evidence in the backup is encrypted"}, "[vault]",
                    "Name the key file of the vault that it is from: key_file in [vault].");
    }
    const auto& s3 = request_.config.vault.s3;
    const std::string& bucket = verified.description.bucket;
    if (verified.holds() && !bucket.empty() && !s3) {
      return refuse({ErrorCode::kMalformed, "evidence lies in a bucket, and not in the backup"},
                    "[vault.s3]", "Name the bucket, or where a copy of it is, in [vault.s3].");
    }
    restored_.records_lacking = std::move(verified.records_lacking);
    if (verified.holds()) return {};
    return refuse({ErrorCode::kMalformed, "the backup does not hold"}, request_.folder,
                  "`heyan backup verify` names all that is wrong; take another backup.");
  }

  core::Result<Digests> copy_from(const os::Folder& folder, const std::string& name,
                                  const path& to) const {
    const unsigned mode = name.starts_with("state/vault/") ? 0400 : 0600;
    HEYAN_TRY(const os::OpenFile file, folder.open_file(name));
    return copy(file, to, mode, request_.advance);
  }

  std::expected<void, Refusal> copy_state() {
    constexpr std::string_view kState = "state/";
    const auto folder = os::Folder::open(request_.folder);
    if (!folder) return refuse(folder.error(), request_.folder, "Name a backup.");
    if (request_.expect) request_.expect(description_.bytes);
    for (const auto& [name, listed] : manifest_) {
      if (!name.starts_with(kState)) continue;
      const path to = half_ / name.substr(kState.size());
      std::error_code error;
      std::filesystem::create_directories(to.parent_path(), error);
      const auto copied = copy_from(*folder, name, to);
      if (!copied) return refuse(copied.error(), name, kCheckDisk);
      if (*copied != listed) {
        return refuse({ErrorCode::kChanged, "it is not what the backup lists"}, name,
                      "`heyan backup verify` names all that is wrong; take another backup.");
      }
    }
    return {};
  }

  std::expected<void, Refusal> take_keys(const transparency::NoteVerifier& old_log) {
    const path into = half_ / "keys";
    std::error_code error;
    if (!request_.keys.empty()) {
      // Certificates may have been renewed since the backup: these are the ones in use. How its log
      // is called is the backup's to say.
      for (const auto& entry : std::filesystem::directory_iterator(request_.keys, error)) {
        const path name = entry.path().filename();
        if (!entry.is_regular_file(error) || name.string().contains(".vkey")) continue;
        if (name == kContentsKey) continue;  // its place is another
        std::error_code ignored;
        std::filesystem::remove(into / name, ignored);
        const auto opened = os::open_named_file(entry.path());
        if (!opened) return refuse(opened.error(), entry.path(), kCheckDisk);
        const auto copied = copy(*opened, into / name, 0600, {});
        if (!copied) return refuse(copied.error(), into / name, kCheckDisk);
      }
      if (error) return refuse({ErrorCode::kIo, "it cannot be read"}, request_.keys, kCheckDisk);
    }
    std::filesystem::permissions(into, std::filesystem::perms::owner_all, error);
    HEYAN_TRY(const keys::GatewayKeys loaded, keys::load_gateway_keys(into, request_.config.token));
    if (loaded.log.public_key() != old_log.key()) {
      return refuse({ErrorCode::kMalformed, "they are the keys of another gateway"}, request_.keys,
                    "Take those that this backup's gateway had.");
    }
    // Signed by the old name what was logged under it.
    const auto published = publish_log(half_ / "signer/log.db", half_ / "log",
                                       LogKey{.name = old_log.name(), .key = loaded.log});
    if (!published) return refuse(published.error(), "log.db", kCheckDisk);
    return {};
  }

  std::expected<void, Refusal> delete_again(const transparency::NoteVerifier& old_log) {
    if (request_.log.empty()) return {};
    const auto own = os::read_named_file(half_ / "log/checkpoint", transparency::kNoteBytes);
    if (!own) return refuse(own.error(), "log/checkpoint", kCheckDisk);
    const auto known = log_audit::read_checkpoint(core::as_text(*own), &old_log);
    if (!known) return refuse(known.error(), "log/checkpoint", kCheckDisk);
    HEYAN_TRY(
        Told told,
        read_deletions({.log = request_.log, .key = old_log, .known = *known, .at = request_.at}));
    auto marked = mark_again(half_ / "front/front.db", told,
                             {.at = request_.at, .also_unasked = request_.also_unasked});
    if (!marked) return refuse(marked.error(), "front.db", kCheckDisk);
    restored_.replayed_size = told.checkpoint.size;
    restored_.deleted_again = std::move(marked->deletions);
    restored_.unasked = std::move(marked->unasked);
    newest_ = std::move(told.note);
    return {};
  }

  // By this machine's clock, or the backup's where that was ahead of it.
  std::expected<void, Refusal> begin_anew() {
    HEYAN_TRY(Anew anew, backup::begin_anew(half_, std::max(request_.at, description_.made_at),
                                            std::chrono::days(request_.config.retention.wait_days),
                                            kCheckDisk));
    restored_.complete_from = anew.complete_from;
    restored_.waiting_anew = std::move(anew.waiting);
    return {};
  }

  // Where no checkpoint is given, the newest that is known here is quoted.
  std::expected<void, Refusal> leave_log(const transparency::NoteVerifier& old_log) {
    const path& follows = request_.config.log_follows;
    const auto own = os::read_named_file(half_ / "log/checkpoint", transparency::kNoteBytes);
    if (!own) return refuse(own.error(), "log/checkpoint", kCheckDisk);
    const auto known = log_audit::read_checkpoint(core::as_text(*own), &old_log);
    if (!known) return refuse(known.error(), "log/checkpoint", kCheckDisk);
    restored_.checkpoint_given = given_.has_value() || !newest_.empty();
    const std::string_view here = newest_.empty() ? core::as_text(*own) : newest_;
    const auto last = given_ ? core::Result<transparency::Checkpoint>(*given_)
                             : log_audit::read_checkpoint(here, &old_log);
    if (!last) return refuse(last.error(), follows, kBringCheckpoint);
    const bool older = last->size < std::max(known->size, restored_.replayed_size);
    if (older || (last->size == known->size && last->root != known->root)) {
      return refuse({ErrorCode::kMalformed, older ? "it is older than the backup or the log's files"
                                                  : "it is of another history than the backup"},
                    follows, kBringCheckpoint);
    }
    if (!given_) {
      const auto written = os::write_new(follows, here, os::Privacy::kUsual);
      if (!written) return refuse(written.error(), follows, kCheckDisk);
    }
    restored_.old_log = old_log.name();
    restored_.old_size = last->size;
    restored_.known_size = known->size;
    std::error_code error;
    std::filesystem::rename(half_ / "log", half_ / ("log-" + core::to_hex(old_log.id())), error);
    if (error) return refuse({ErrorCode::kIo, "it cannot be put aside"}, "log", kCheckDisk);
    std::erase_if(known_logs_, [&](const auto& log) { return log.key() != old_log.key(); });
    HEYAN_CHECK_OK(keys::remember_logs(half_ / "keys", known_logs_));
    return keys::follow_log(half_ / "keys", request_.config.log_name);
  }

  // What is whole, in the vault, the gateway goes on with; of the rest the bytes are not here.
  std::expected<void, Refusal> forget_the_rest() {
    const auto forgotten =
        forget_uploads(half_ / "front/front.db", half_ / "signer/log.db", manifest_);
    if (!forgotten) return refuse(forgotten.error(), "front.db or log.db", kCheckDisk);
    restored_.uploads_forgotten = *forgotten;
    return {};
  }

  std::expected<void, Refusal> put_in_place() {
    const path& state = request_.config.state;
    if (const auto synced = sync_all(half_); !synced) {
      return refuse(synced.error(), half_, kCheckDisk);
    }
    std::vector<path> rest;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(half_, error)) {
      const path name = entry.path().filename();
      if (std::ranges::find(kInOrder, name.string()) == kInOrder.end()) rest.push_back(name);
    }
    rest.insert(rest.end(), kInOrder.begin(), kInOrder.end());
    for (const path& name : rest) {
      if (!std::filesystem::exists(half_ / name, error)) continue;
      std::filesystem::rename(half_ / name, state / name, error);
      if (error) return refuse({ErrorCode::kIo, "it cannot be put in place"}, name, kCheckDisk);
    }
    std::filesystem::remove(half_, error);
    if (error || !sync_all(state)) {
      return refuse({ErrorCode::kIo, "it cannot be put in place"}, state, kCheckDisk);
    }
    return {};
  }

  const RestoreRequest& request_;
  path half_;
  bool made_ = false;  // by this attempt, and no other's
  Description description_;
  Manifest manifest_;
  Restored restored_;
  std::optional<transparency::Checkpoint> given_;  // of the old log, as it was brought
  std::string newest_;  // checkpoint of the old log's files; empty: none were named
  std::vector<transparency::NoteVerifier> known_logs_;  // of the keys that were named
};

}  // namespace

std::expected<Restored, Refusal> restore(const RestoreRequest& request) {
  return Restorer(request).run();
}

}  // namespace heyan::backup
