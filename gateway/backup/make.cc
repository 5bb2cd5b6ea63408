#include "gateway/backup/make.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>

#include "gateway/accounts/people.h"
#include "gateway/backup/earlier.h"
#include "gateway/backup/kept_files.h"
#include "gateway/backup/meanwhile.h"
#include "gateway/backup/report_log_files.h"
#include "gateway/backup/within.h"
#include "gateway/intake/trust_files.h"
#include "gateway/keys/report_issuer.h"
#include "gateway/ops/version.h"
#include "gateway/os/write_file.h"
#include "gateway/sqlite/copy_together.h"
#include "gateway/store/vault.h"

namespace heyan::backup {
namespace {

using core::ErrorCode;
using std::filesystem::path;

constexpr std::string_view kCheckDisk =
    "Check the disk of the backup and who may write there, and begin it anew.";
constexpr std::string_view kCheckState = "Check the state folder of the gateway.";
constexpr std::string_view kStartOnce =
    "The databases were not copied: start the gateway once, and try it again.";
constexpr std::string_view kFreeDisk =
    "Look at the disk of the backup and that of the state folder, free room where one is full, "
    "remove what this attempt left, and begin it anew.";
constexpr unsigned kPrivateMode = 0600, kVaultMode = 0400;
constexpr std::string_view kVault = "state/vault";
std::string in_vault(const std::string& place) { return std::string(kVault) + "/" + place; }

std::unexpected<Refusal> refuse(const core::Error& error, const path& subject,
                                std::string_view remedy) {
  return std::unexpected(intake::refusal_of(error, subject.string(), remedy));
}

class Maker {
 public:
  explicit Maker(const MakeRequest& request)
      : request_(request),
        unfinished_(request.out.string() + std::string(kUnfinished)),
        meanwhile_(request.config.state, unfinished_ / "state", core::to_unix_ms(request.at)) {}

  std::expected<Made, Refusal> run() {
    HEYAN_CHECK_OK(look());
    HEYAN_CHECK_OK(copy_databases());
    HEYAN_CHECK_OK(copy_vault());
    HEYAN_CHECK_OK(copy_earlier_logs());
    HEYAN_CHECK_OK(copy_keys());
    HEYAN_CHECK_OK(copy_configuration());
    HEYAN_CHECK_OK(measure_the_rest());
    HEYAN_TRY(made_.description,
              write_manifest(unfinished_, std::move(made_.description), manifest_));
    HEYAN_CHECK_OK(finish());
    made_.deleted_meanwhile = meanwhile_.deleted().size();
    made_.damaged_earlier = earlier_.damaged();
    return std::move(made_);
  }

 private:
  std::expected<void, Refusal> look() {
    if (request_.config.database) {
      return refuse({ErrorCode::kUnsupported, "the tables are on a server, and not in files"},
                    "[database]",
                    "Copy the database with PostgreSQL's own means (docs/operator.md, \"Several "
                    "gateways\").");
    }
    const path& state = request_.config.state;
    struct stat status{};
    if (::stat(state.c_str(), &status) != 0) {
      return refuse({ErrorCode::kIo, "there is no such folder"}, state, kCheckState);
    }
    // What another user makes beside the databases, the gateway could not open.
    if (status.st_uid != ::geteuid()) {
      return refuse({ErrorCode::kUnsupported, "it belongs to another user"}, state,
                    "Run this as the user that the gateway runs as.");
    }
    // It would go with the disk that it is to outlive; the vault's sweep reads what is in there.
    if (is_within(request_.out, state)) {
      return refuse({ErrorCode::kUnsupported, "it is within the gateway's state folder"},
                    request_.out,
                    "Name a folder outside it, on another disk: a backup is to outlive this one.");
    }
    if (request_.out.string().ends_with(kUnfinished)) {
      return refuse({ErrorCode::kUnsupported, "so ends the name of one that was not finished"},
                    request_.out, "Give it another name.");
    }
    std::error_code error;
    for (const path& folder : {request_.out, unfinished_}) {
      if (!std::filesystem::exists(std::filesystem::symlink_status(folder, error))) continue;
      return refuse({ErrorCode::kDuplicate, "it is there already"}, folder,
                    "Name a folder that is not there; remove what an earlier attempt left.");
    }
    if (!request_.since.empty()) {
      HEYAN_TRY(earlier_, Earlier::open(request_.since));
    }
    HEYAN_TRY(const auto log, keys::load_log_verifier(state / "keys"));
    made_.description.log_vkey = log.encode();
    made_.description.made_at = request_.at;
    made_.description.software = std::string(ops::software_version());
    made_.description.keys = request_.with_keys;
    return make_folders();
  }

  std::expected<void, Refusal> make_folders() {
    for (const path& folder :
         {unfinished_, unfinished_ / "config", unfinished_ / "state", unfinished_ / "state/keys",
          unfinished_ / "state/signer", unfinished_ / "state/front", unfinished_ / "state/log"}) {
      if (::mkdir(folder.c_str(), 0700) == 0) continue;
      return refuse({ErrorCode::kIo, "the folder cannot be made"}, folder, kCheckDisk);
    }
    return {};
  }

  std::expected<void, Refusal> copy_databases() {
    // The front may wait for the signer while it holds its own, never the other way.
    std::vector<sqlite::FileToCopy> files;
    for (const std::string_view name :
         {std::string_view("front/front.db"), std::string_view("signer/log.db"), accounts::kFile}) {
      std::error_code error;
      const path from = request_.config.state / name;
      if (!std::filesystem::exists(from, error)) {
        if (name == accounts::kFile) continue;
        return refuse({ErrorCode::kIo, "there is no such file"}, from, kStartOnce);
      }
      if (request_.expect) request_.expect(std::filesystem::file_size(from, error));
      files.push_back({.from = from, .to = unfinished_ / "state" / name});
    }
    if (const auto copied = sqlite::copy_together(files, request_.advance); !copied) {
      return refuse(copied.error(), "databases",
                    copied.error().code == ErrorCode::kUnsupported ? kStartOnce : kFreeDisk);
    }
    const path log = unfinished_ / "state/log";
    if (const auto published = publish_log(unfinished_ / "state/signer/log.db", log); !published) {
      return refuse(published.error(), log, kCheckState);
    }
    return {};
  }

  std::expected<void, Refusal> copy_vault() {
    const ops::Vault& vault = request_.config.vault;
    auto encryption = store::vault_encryption(vault.encryption, vault.key_file, {});
    if (!encryption) {
      return refuse(encryption.error(), vault.key_file, "Name the key file of the vault.");
    }
    vault_keys_ = std::move(encryption->keys);
    if (vault.s3) made_.description.bucket = vault.s3->bucket;
    const auto kept =
        kept_files(unfinished_ / "state/front/front.db", unfinished_ / "state/signer/log.db");
    if (!kept) return refuse(kept.error(), "front.db", kCheckState);
    for (const Kept& file : *kept) HEYAN_CHECK_OK(copy_kept(file));
    return {};
  }

  // As it lies there: encrypted, with the keys that it needs, or plain.
  std::expected<void, Refusal> copy_kept(const Kept& file) {
    const auto plain = store::place_in_vault(file.court, file.sha256);
    const auto sealed = store::sealed_place(file.owner(), file.sha256);
    if (!plain || !sealed) {
      return refuse({ErrorCode::kMalformed, "a row names no file"}, "front.db", kCheckState);
    }
    std::error_code error;
    const path vault = request_.config.state / "vault";
    if (!made_.description.bucket.empty() && !std::filesystem::exists(vault / *sealed, error) &&
        !std::filesystem::exists(vault / *plain, error)) {
      made_.encrypted = true;
      ++made_.in_bucket;
      return {};
    }
    // Where neither is there, it was put in the plain one's place a moment ago, or it is lacking.
    if (!vault_keys_ || (!std::filesystem::exists(vault / *sealed, error) &&
                         std::filesystem::exists(vault / *plain, error))) {
      return copy_evidence(file, in_vault(*plain), false);
    }
    made_.encrypted = true;
    for (const std::string& place : file.keys()) {
      if (manifest_.contains(in_vault(place)) || !std::filesystem::exists(vault / place, error)) {
        continue;
      }
      const auto copied = copy_named(vault / place, in_vault(place), kVaultMode);
      // A key that is gone is missed with what it would open.
      if (!copied && std::filesystem::exists(vault / place, error)) return copied;
    }
    return copy_evidence(file, in_vault(*sealed), true);
  }

  std::expected<void, Refusal> copy_evidence(const Kept& file, const std::string& name,
                                             bool is_sealed) {
    if (manifest_.contains(name)) return {};  // of another submission of the court, too
    const path to = unfinished_ / name;
    std::error_code error;
    std::filesystem::create_directories(to.parent_path(), error);
    const auto opened =
        os::open_named_file(request_.config.state / name.substr(kVault.find('/') + 1));
    const bool is_there = opened || opened.error().code != ErrorCode::kNotFound;
    if (!is_there) return file.promised ? lacks(file, name) : std::expected<void, Refusal>();
    if (!opened) return refuse(opened.error(), name, kCheckState);
    // What a deletion took the key from is not brought back out of an earlier backup. What lost it
    // otherwise is whole as soon as that is put back, so it stays as it is.
    const bool opens = !is_sealed || has_keys(file);
    if (!opens) {
      HEYAN_TRY(const bool deleted, is_deleted(file));
      if (deleted || !file.promised) return {};
      for (const std::string& place : file.keys()) {
        if (!manifest_.contains(in_vault(place))) HEYAN_CHECK_OK(lacks(file, in_vault(place)));
      }
    }
    if (opens) {
      if (auto shared = earlier_.share(name, to, request_.expect, request_.advance)) {
        manifest_.emplace(name, *std::move(shared));
        ++made_.shared_files;
        return {};
      }
    }
    if (request_.expect) request_.expect(opened->size());
    auto measured = copy(*opened, to, kVaultMode, request_.advance);
    if (!measured && measured.error().code != ErrorCode::kChanged)
      return refuse(measured.error(), to, kCheckDisk);
    const bool holds =
        measured && (is_sealed ? !opens || store::check_sealed(*vault_keys_, unfinished_ / kVault,
                                                               file.owner(), file.sha256)
                                               .has_value()
                               : measured->sha256 == file.sha256);
    if (!holds) {  // damaged on the gateway's disk, or its key is; or it is gone by now
      std::filesystem::remove(to, error);
      return lacks(file, name);
    }
    manifest_.emplace(name, *std::move(measured));
    return {};
  }

  bool has_keys(const Kept& file) const {
    return std::ranges::all_of(file.keys(), [this](const std::string& place) {
      return manifest_.contains(in_vault(place));
    });
  }

  std::expected<bool, Refusal> is_deleted(const Kept& file) {
    const auto deleted = meanwhile_.is_deleted(file.submission);
    if (!deleted) return refuse(deleted.error(), "front.db", kCheckState);
    return *deleted;
  }

  std::expected<void, Refusal> lacks(const Kept& file, const std::string& name) {
    HEYAN_TRY(const bool deleted, is_deleted(file));
    std::vector<std::string>& lacking = made_.description.lacking;
    if (!deleted && std::ranges::find(lacking, name) == lacking.end()) lacking.push_back(name);
    return {};
  }

  // Each is closed for good.
  std::expected<void, Refusal> copy_earlier_logs() {
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(request_.config.state, error)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("log-") && entry.is_directory(error)) {
        HEYAN_CHECK_OK(copy_folder(entry.path(), "state/" + name));
      }
    }
    if (error)
      return refuse({ErrorCode::kIo, "it cannot be read"}, request_.config.state, kCheckState);
    return {};
  }

  std::expected<void, Refusal> copy_folder(const path& from, const std::string& name) {
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(from, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(error)) {
      if (!entry->is_regular_file(error)) continue;
      const path within = entry->path().lexically_relative(from);
      HEYAN_CHECK_OK(copy_named(entry->path(), name + "/" + within.generic_string()));
    }
    if (error) return refuse({ErrorCode::kIo, "it cannot be read"}, from, kCheckState);
    return {};
  }

  std::expected<void, Refusal> copy_named(const path& from, const std::string& name,
                                          unsigned mode = kPrivateMode) {
    std::error_code error;
    const path to = unfinished_ / name;
    if (!is_name(name)) {
      return refuse({ErrorCode::kUnsupported, "a file of that name cannot be in a backup"}, from,
                    "Give it another name.");
    }
    std::filesystem::create_directories(to.parent_path(), error);
    const auto opened = os::open_named_file(from);
    if (!opened) return refuse(opened.error(), from, kCheckState);
    auto measured = copy(*opened, to, mode, request_.advance);
    if (!measured) return refuse(measured.error(), to, kCheckDisk);
    manifest_.emplace(name, *std::move(measured));
    return {};
  }

  std::expected<void, Refusal> copy_keys() {
    std::error_code error;
    const path keys = request_.config.state / "keys";
    for (const auto& entry : std::filesystem::directory_iterator(keys, error)) {
      const std::string name = entry.path().filename().string();
      const bool open_to_all = !name.ends_with(".key.pem");
      if (!entry.is_regular_file(error) || !(open_to_all || request_.with_keys)) continue;
      HEYAN_CHECK_OK(copy_named(entry.path(), "state/keys/" + name));
    }
    if (error) return refuse({ErrorCode::kIo, "it cannot be read"}, keys, kCheckState);
    const path contents = request_.config.state / "front/contents.key";
    if (!request_.with_keys || !std::filesystem::exists(contents, error)) return {};
    return copy_named(contents, "state/front/contents.key");
  }

  std::expected<void, Refusal> copy_configuration() {
    const ops::Trust& trust = request_.config.trust;
    HEYAN_CHECK_OK(copy_named(request_.config_file, "config/heyan.toml"));
    HEYAN_CHECK_OK(copy_named(trust.bundle, "config/bundle.jws"));
    for (std::size_t i = 0; i < trust.keys.size(); ++i) {
      HEYAN_CHECK_OK(copy_named(trust.keys[i], fmt::format("config/court-{}.pem", i + 1)));
    }
    HEYAN_TRY(const intake::LoadedTrust list, intake::load_trust(trust.trust_list));
    HEYAN_CHECK_OK(write_sources(list.files, "config/trust/"));
    HEYAN_TRY(const intake::LoadedPolicy policy, intake::load_policy(trust.policy));
    return write_sources(policy.files, "config/policy/");
  }

  std::expected<void, Refusal> write_sources(const intake::SourceFiles& files,
                                             const std::string& beneath) {
    for (const v1::SourceFile& file : files) {
      const std::string name = beneath + file.path();
      const path to = unfinished_ / name;
      std::error_code error;
      if (is_name(name)) std::filesystem::create_directories(to.parent_path(), error);
      if (std::filesystem::exists(to, error)) continue;  // named twice
      const auto written = is_name(name)
                               ? os::write_new(to, file.content(), os::Privacy::kOwnerOnly)
                               : core::fail(ErrorCode::kUnsupported, "no such name is possible");
      if (!written) return refuse(written.error(), name, kCheckDisk);
    }
    return {};
  }

  // What was not copied byte by byte.
  std::expected<void, Refusal> measure_the_rest() {
    std::error_code error;
    std::filesystem::recursive_directory_iterator entry(unfinished_, error);
    for (; !error && entry != std::filesystem::recursive_directory_iterator();
         entry.increment(error)) {
      const std::string name = entry->path().lexically_relative(unfinished_).generic_string();
      if (!entry->is_regular_file(error) || manifest_.contains(name)) continue;
      const auto measured = digests_of(entry->path(), request_.advance);
      if (!measured) return refuse(measured.error(), name, kCheckDisk);
      manifest_.emplace(name, *measured);
    }
    if (error) return refuse({ErrorCode::kIo, "it cannot be read"}, unfinished_, kCheckDisk);
    return {};
  }

  std::expected<void, Refusal> finish() {
    if (const auto synced = sync_all(unfinished_); !synced) {
      return refuse(synced.error(), unfinished_, kCheckDisk);
    }
    std::error_code error;
    std::filesystem::rename(unfinished_, request_.out, error);
    const path parent = request_.out.has_parent_path() ? request_.out.parent_path() : path(".");
    if (error || !sync_all(parent)) {
      return refuse({ErrorCode::kIo, "it cannot be given its name"}, request_.out, kCheckDisk);
    }
    return {};
  }

  const MakeRequest& request_;
  path unfinished_;
  Meanwhile meanwhile_;
  std::optional<store::VaultKeyRing> vault_keys_;
  Earlier earlier_;
  Manifest manifest_;
  Made made_;
};

}  // namespace

std::expected<Made, Refusal> make(const MakeRequest& request) {
  MakeRequest cleaned = request;
  // "OUT/" names the same folder, and has another name beside it.
  if (!cleaned.out.has_filename()) cleaned.out = cleaned.out.parent_path();
  return Maker(cleaned).run();
}

}  // namespace heyan::backup
