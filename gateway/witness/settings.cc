#include "gateway/witness/settings.h"

#include <algorithm>

#include "gateway/ops/config_values.h"
#include "gateway/os/folder.h"
#include "verifier/core/text.h"
#include "verifier/trust/document.h"

namespace heyan::witness {
namespace {

using core::ErrorCode;
using std::filesystem::path;
using transparency::NoteKeyType;
using transparency::NoteVerifier;
using trust::Table;

constexpr std::size_t kFileBytes = 1u << 20;
constexpr std::size_t kMostLogs = 64;
constexpr std::string_view kFile = "witness.toml";
constexpr std::string_view kKey = "witness-ed25519";
constexpr std::string_view kKeyFile = "witness-ed25519.key.pem";
constexpr std::string_view kVerifier = "witness.vkey";
constexpr std::string_view kMemory = "witness.db";

class Reader {
 public:
  explicit Reader(Table root) : root_(std::move(root)) {}

  Settings read() {
    settings_.name = root_.required_text("name").value_or("");
    if (!settings_.name.empty() && !transparency::is_key_name(settings_.name)) {
      root_.defect("name", "is no name of a key", "Write for example \"court.example/witness\"");
    }
    if (const auto listen = root_.text("listen")) read_listen(*listen);
    for (Table& each : root_.tables("log")) read_log(each);
    if (settings_.logs.empty()) root_.defect("log", "is missing", "Add a table [[log]]");
    if (settings_.logs.size() > kMostLogs) root_.defect("log", "are too many: 64 at most");
    root_.finish();
    return std::move(settings_);
  }

 private:
  void read_listen(const std::string& text) {
    const auto address = ops::parse_address(text);
    if (address) {
      settings_.listen = *address;
    } else {
      root_.defect("listen", "is no numeric address with a port",
                   "Write for example \"127.0.0.1:8460\"");
    }
  }

  void read_log(Table& table) {
    Log log;
    for (const std::string& vkey : table.texts("keys")) {
      auto key = NoteVerifier::parse(vkey);
      if (!key || key->type() != NoteKeyType::kEd25519) {
        table.defect("keys", "hold what is no key of a log",
                     "Write vkeys: NAME+KEYID+BASE64, Ed25519");
      } else if (std::ranges::any_of(log.keys, [&](const NoteVerifier& other) {
                   return other.key() == key->key();
                 })) {
        table.defect("keys", "hold a key twice");
      } else {
        log.keys.push_back(*std::move(key));
      }
    }
    if (!table.has("keys")) table.defect("keys", "is missing", "Write the log's vkeys");
    if (log.keys.empty() && table.has("keys")) table.defect("keys", "hold no key");
    const auto origin = table.text("origin");
    if (origin) {
      log.origin = *origin;
    } else if (!log.keys.empty()) {
      log.origin = log.keys.front().name();
    }
    if (std::ranges::find(settings_.logs, log.origin, &Log::origin) != settings_.logs.end()) {
      table.defect("origin", "is that of another log here");
    }
    settings_.logs.push_back(std::move(log));
  }

  Table root_;
  Settings settings_;
};

Refusal refusal(ErrorCode code, const path& file, std::string_view what, std::string_view remedy) {
  return intake::refusal_of({code, what}, file.string(), remedy);
}

// As a TOML string; names of keys hold no control characters.
std::string toml_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string to_toml(const Settings& settings) {
  std::string text =
      "# A witness of transparency logs (docs/witness.md). Restart it after a change.\n\n"
      "# Name of its key; never change it.\nname = " +
      toml_text(settings.name) +
      "\n# Plain HTTP, this machine alone: put a TLS proxy before it.\nlisten = " +
      toml_text(ops::to_string(settings.listen)) + "\n";
  if (settings.logs.empty()) {
    text +=
        "\n# [[log]]\n# keys = [\"court.example/log+00000000+AA==\"]   # vkeys of the log\n"
        "# origin = \"court.example/log\"                   # where it is not its key's name\n";
  }
  for (const Log& log : settings.logs) {
    text += "\n[[log]]\nkeys = [";
    for (const NoteVerifier& key : log.keys) {
      text += (text.ends_with('[') ? "" : ", ") + toml_text(key.encode());
    }
    text += "]\norigin = " + toml_text(log.origin) + "\n";
  }
  return text;
}

std::expected<std::string, Refusal> vkey_of(const path& folder, const std::string& name,
                                            const crypto::SigningKey& key) {
  const auto verifier = NoteVerifier::make(name, NoteKeyType::kCosignature, key.public_key());
  if (verifier) return verifier->encode();
  return std::unexpected(
      intake::refusal_of(verifier.error(), (folder / kKeyFile).string(), "Make a new witness."));
}

}  // namespace

std::expected<Settings, ops::ConfigErrors> parse_settings(std::string_view text) {
  const trust::FileReader reader = [text](std::string_view) -> core::Result<core::Bytes> {
    return core::to_bytes(text);
  };
  trust::Document document(kFile, reader);
  if (!document.readable()) return std::unexpected(document.errors());
  Settings settings = Reader(document.root()).read();
  if (auto errors = document.errors(); !errors.empty()) return std::unexpected(std::move(errors));
  return settings;
}

std::expected<Settings, ops::ConfigErrors> load_settings(const path& folder) {
  const path file = folder / kFile;
  const auto bytes = os::read_named_file(file, kFileBytes);
  if (!bytes) {
    return std::unexpected(ops::ConfigErrors{{.file = core::visible(file.string(), 1000),
                                              .line = 0,
                                              .path = "",
                                              .what = std::string(bytes.error().text),
                                              .remedy = ""}});
  }
  return parse_settings(core::as_text(*bytes));
}

std::expected<Log, Refusal> log_of(std::string_view vkey) {
  auto key = NoteVerifier::parse(vkey);
  if (!key || key->type() != NoteKeyType::kEd25519) {
    return std::unexpected(intake::refusal_of(
        {ErrorCode::kMalformed, "it is no key of a log"}, vkey,
        "Name the file with the log's vkey: one line NAME+KEYID+BASE64, Ed25519."));
  }
  Log log{.origin = key->name(), .keys = {}};
  log.keys.push_back(*std::move(key));
  return log;
}

std::expected<std::string, Refusal> make_witness(const path& folder, const Settings& settings) {
  if (!transparency::is_key_name(settings.name)) {
    return std::unexpected(intake::refusal_of({ErrorCode::kMalformed, "it is no name of a key"},
                                              settings.name,
                                              "Write for example court.example/witness."));
  }
  HEYAN_CHECK_OK(keys::make_folder(folder));
  HEYAN_TRY(const crypto::SigningKey key,
            keys::make_key(folder, kKey, crypto::KeyAlgorithm::kEd25519));
  HEYAN_TRY(std::string vkey, vkey_of(folder, settings.name, key));
  HEYAN_CHECK_OK(keys::write_public(folder / kVerifier, vkey + "\n"));
  HEYAN_CHECK_OK(keys::write_public(folder / kFile, to_toml(settings)));
  if (const auto memory = Memory::create(folder / kMemory); !memory) {
    return std::unexpected(intake::refusal_of(memory.error(), (folder / kMemory).string(),
                                              "Name a new folder on a local disk."));
  }
  return vkey;
}

std::expected<Holdings, Refusal> open_witness(const path& folder, const std::string& name) {
  HEYAN_TRY(crypto::SigningKey key,
            keys::load_key(folder / kKeyFile, crypto::KeyAlgorithm::kEd25519));
  HEYAN_TRY(const std::string vkey, vkey_of(folder, name, key));
  const auto published = os::read_named_file(folder / kVerifier, kFileBytes);
  if (!published) {
    return std::unexpected(intake::refusal_of_named(
        published.error(), (folder / kVerifier).string(), "Make a new witness."));
  }
  if (core::as_text(*published) != vkey + "\n") {
    return std::unexpected(refusal(ErrorCode::kMalformed, folder / kVerifier,
                                   "it is not that of this key and name",
                                   "A key keeps its name; under another one make a new witness."));
  }
  auto memory = Memory::open(folder / kMemory);
  if (!memory) {
    return std::unexpected(intake::refusal_of(
        memory.error(), (folder / kMemory).string(),
        "Never start this key without its memory: make a new witness, with a new key."));
  }
  return Holdings{.key = std::move(key), .memory = *std::move(memory)};
}

}  // namespace heyan::witness
