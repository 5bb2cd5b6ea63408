// What a backup holds.
//
//   backup.json {"bytes","files","keys","lacking","log","madeAt","manifest","schema","software"},
//                  and "bucket" where evidence lies in one
//   manifest.tsv   a line for each other file: NAME, SIZE, SHA-256, SM3, between tabs, by name
//   state/…        as beneath the state folder of the gateway
//   config/…       its configuration, and what that names of the trust in force
//
// backup.json names the digests of manifest.tsv, and is written last of all. Threat: who can write
// a backup can write all of it; what it says of reports is worth what their own signatures are.
// Strict: a name that leads out of the folder, or stands twice, is refused. Values.
#pragma once

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "gateway/backup/digests.h"
#include "gateway/intake/refusal.h"
#include "verifier/core/time.h"

namespace heyan::backup {

using intake::Refusal;

inline constexpr std::string_view kDescriptionFile = "backup.json";
inline constexpr std::string_view kManifestFile = "manifest.tsv";

using Manifest = std::map<std::string, Digests>;  // by name

struct Description {
  core::UtcTime made_at;
  std::string software;
  std::string log_vkey;
  bool keys = false;                 // private keys are in it
  std::string bucket;                // evidence that is not here lies there; empty: there is none
  std::vector<std::string> lacking;  // what the gateway itself did not have, or no longer whole
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  Digests manifest;
};

// Writes both; true to their contents from then on.
std::expected<Description, Refusal> write_manifest(const std::filesystem::path& folder,
                                                   Description description,
                                                   const Manifest& manifest);

// Behind a backup's name until all of it is on the disk: what bears it is none, whatever is in it.
inline constexpr std::string_view kUnfinished = ".unfinished";

// kNotFound, and a folder that was not finished, as kIo; kMalformed: not as write_manifest writes.
std::expected<Description, Refusal> read_description(const std::filesystem::path& folder);
// kMalformed, too, where it is not the one that the description names.
std::expected<Manifest, Refusal> read_manifest(const std::filesystem::path& folder,
                                               const Description& description);

// Of a file of a backup: parts between "/", none of them empty, "." or "..", no control character.
bool is_name(std::string_view name);

}  // namespace heyan::backup
