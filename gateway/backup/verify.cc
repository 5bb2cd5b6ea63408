#include "gateway/backup/verify.h"

#include <algorithm>

#include "gateway/backup/kept_files.h"
#include "gateway/backup/reports_check.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/log_audit/audit.h"
#include "gateway/store/vault.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;

std::string in_vault(const std::string& place) { return "state/vault/" + place; }

class Verifier {
 public:
  explicit Verifier(const VerifyRequest& request) : request_(request) {}

  std::expected<Verified, Refusal> run() {
    HEYAN_TRY(verified_.description, read_description(request_.folder));
    HEYAN_TRY(manifest_, read_manifest(request_.folder, verified_.description));
    HEYAN_CHECK_OK(measure_all());
    HEYAN_CHECK_OK(look_for_more());
    // Databases that are not what was written are not read.
    if (!verified_.holds()) return std::move(verified_);
    HEYAN_CHECK_OK(audit_log());
    HEYAN_CHECK_OK(check_files());
    HEYAN_TRY(verified_.reports,
              check_reports(
                  request_.folder / "state",
                  [this](std::string_view word, std::string_view about) { found(word, about); }));
    return std::move(verified_);
  }

 private:
  void found(std::string_view word, std::string_view about) {
    ++verified_.finding_count;
    if (verified_.findings.size() >= kMostFindings) return;
    verified_.findings.push_back({std::string(word), std::string(about)});
  }

  core::Result<Digests> measure(const os::Folder& folder, const std::string& name) const {
    HEYAN_TRY(const os::OpenFile file, folder.open_file(name));
    return digests_of(file, request_.advance);
  }

  std::expected<void, Refusal> measure_all() {
    const auto folder = os::Folder::open(request_.folder);
    if (!folder) {
      return std::unexpected(
          intake::refusal_of_named(folder.error(), request_.folder.string(), "Name a backup."));
    }
    if (request_.expect) request_.expect(verified_.description.bytes);
    for (const auto& [name, listed] : manifest_) {
      const auto measured = measure(*folder, name);
      if (!measured && measured.error().code == ErrorCode::kIo) {
        return std::unexpected(
            intake::refusal_of(measured.error(), name, "Check the disk of the backup."));
      }
      if (!measured) {
        found("missing", name);
      } else if (*measured != listed) {
        found("differs", name);
      }
    }
    return {};
  }

  std::expected<void, Refusal> look_for_more() {
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(request_.folder, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(error)) {
      if (std::filesystem::is_directory(entry->symlink_status(error))) continue;
      const std::string name = entry->path().lexically_relative(request_.folder).generic_string();
      if (name == kDescriptionFile || name == kManifestFile || manifest_.contains(name)) continue;
      found("unlisted", name);
    }
    if (!error) return {};
    return std::unexpected(intake::refusal_of({ErrorCode::kIo, "it cannot be read"},
                                              request_.folder.string(), "Check the disk."));
  }

  std::expected<void, Refusal> audit_log() {
    const path state = request_.folder / "state";
    HEYAN_TRY(const auto key, keys::load_log_verifier(state / "keys"));
    if (key.encode() != verified_.description.log_vkey) found("log-origin", "state/keys/log.vkey");
    const auto audit =
        log_audit::audit({.folder = state / "log", .key = &key, .since = {}, .at = request_.at});
    if (!audit) {
      found("log-unreadable", "state/log");
      return {};
    }
    for (const log_audit::Finding& one : audit->findings) {
      found("log-" + std::string(one.word), "state/log/" + one.file);
    }
    return {};
  }

  // What receipts name, and the case records of reports, but for what the gateway itself lacked or
  // had deleted.
  std::expected<void, Refusal> check_files() {
    if (!request_.vault_key.empty()) {
      auto keys = store::VaultKeyRing::read(request_.vault_key);
      if (!keys) {
        return std::unexpected(intake::refusal_of_named(keys.error(), request_.vault_key.string(),
                                                        "Name the key file of the vault."));
      }
      vault_keys_ = *std::move(keys);
      verified_.opened = true;
    }
    const auto checked = check_named_files();
    if (!checked && vault_keys_ && checked.error().code == ErrorCode::kNotFound) {
      return std::unexpected(
          intake::refusal_of({ErrorCode::kMalformed, "it holds no key of the backup's vault"},
                             request_.vault_key.string(), "Name the key file of that vault."));
    }
    if (!checked) {
      return std::unexpected(intake::refusal_of(checked.error(), "front.db",
                                                "The backup is of no use; take another."));
    }
    return {};
  }

  bool is_lacking(const std::string& name) const {
    const std::vector<std::string>& lacking = verified_.description.lacking;
    return std::ranges::find(lacking, name) != lacking.end();
  }

  core::Result<void> check_named(const Kept& file) {
    const store::VaultOwner owner = file.owner();
    const core::Bytes& sha256 = file.sha256;
    HEYAN_TRY(const std::string plain, store::place_in_vault(owner.court, sha256));
    HEYAN_TRY(const std::string sealed, store::sealed_place(owner, sha256));
    if (manifest_.contains(in_vault(sealed))) {
      return check_sealed(owner, sha256, in_vault(sealed));
    }
    const auto listed = manifest_.find(in_vault(plain));
    if (listed != manifest_.end()) {
      if (listed->second.sha256 != sha256) found("differs", in_vault(plain));
    } else if (!verified_.description.bucket.empty()) {
      ++verified_.in_bucket;
    } else if (is_lacking(in_vault(plain)) || is_lacking(in_vault(sealed))) {
      return {};  // as it says itself
    } else if (!file.taken_up) {
      // What opens the files of the case tells how the record lies in the vault.
      const bool encrypted = manifest_.contains(in_vault(store::key_place(owner)));
      verified_.records_lacking.push_back(in_vault(encrypted ? sealed : plain));
    } else {
      found("file-lacking", in_vault(plain));
    }
    return {};
  }

  // kNotFound: the key file is another vault's, which is no word about the backup.
  core::Result<void> check_sealed(const store::VaultOwner& owner, const core::Bytes& sha256,
                                  const std::string& name) {
    bool whole = true;
    for (const std::string& place :
         {store::court_key_place(owner.court), store::key_place(owner)}) {
      if (manifest_.contains(in_vault(place))) continue;
      if (!is_lacking(in_vault(place))) found("file-lacking", in_vault(place));
      whole = false;
    }
    if (!whole) return {};
    ++verified_.encrypted;
    if (!vault_keys_) return {};
    const auto opened =
        store::check_sealed(*vault_keys_, request_.folder / "state/vault", owner, sha256);
    if (!opened && opened.error().code == ErrorCode::kNotFound) return opened;
    if (!opened) found("file-sealed", name);
    return {};
  }

  core::Result<void> check_named_files() {
    const path state = request_.folder / "state";
    HEYAN_TRY(const std::vector<Kept> kept,
              kept_files(state / "front/front.db", state / "signer/log.db"));
    for (const Kept& file : kept) {
      if (!file.promised) continue;
      HEYAN_CHECK_OK(check_named(file));
    }
    return {};
  }

  const VerifyRequest& request_;
  Manifest manifest_;
  std::optional<store::VaultKeyRing> vault_keys_;
  Verified verified_;
};

}  // namespace

std::expected<Verified, Refusal> verify(const VerifyRequest& request) {
  return Verifier(request).run();
}

}  // namespace heyan::backup
