// The folder of a witness: its key, its memory, and which logs it watches.
//
//   witness.toml   witness-ed25519.key.pem (0600)   witness.vkey   witness.db
//
// Threat: the key without the memory would cosign what it refused before, and one key under two
// names would count as two witnesses. So nothing that is missing is made but all at once, in a new
// folder, and the key's published name must be the configured one. Any thread.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/keys/key_files.h"
#include "gateway/ops/config.h"
#include "gateway/witness/witness.h"

namespace heyan::witness {

using intake::Refusal;

struct Settings {
  std::string name;  // of the witness' key
  ops::Address listen{"127.0.0.1", 8460};
  std::vector<Log> logs;
};

// Every defect, in the order of the lines.
std::expected<Settings, ops::ConfigErrors> parse_settings(std::string_view text);
// FOLDER/witness.toml.
std::expected<Settings, ops::ConfigErrors> load_settings(const std::filesystem::path& folder);

// In a new or empty folder. `logs`: vkeys (C2SP signed-note) of logs whose origin is their key's
// name. The new witness' own vkey. kMalformed: no name of a key, or no vkey of a log; kDuplicate:
// the folder is not empty; kIo.
std::expected<std::string, Refusal> make_witness(const std::filesystem::path& folder,
                                                 const Settings& settings);

struct Holdings {
  crypto::SigningKey key;
  std::unique_ptr<Memory> memory;
};
// What make_witness left there. kMalformed: key, name and witness.vkey do not belong together; kIo:
// something is missing, or others can read the key; those of Memory::open.
std::expected<Holdings, Refusal> open_witness(const std::filesystem::path& folder,
                                              const std::string& name);

// The log of that key, whose name is the origin. kMalformed: it is no key of a log.
std::expected<Log, Refusal> log_of(std::string_view vkey);

}  // namespace heyan::witness
