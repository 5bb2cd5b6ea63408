// A court that keeps block headers of Bitcoin.
#pragma once

#include <gmock/gmock.h>

#include "tests/functional/sample_case.h"
#include "verifier/core/bytes.h"

namespace heyan::functional {

inline const std::string kTimestamps = HEYAN_VECTORS "/timestamps/";
// Of a file of version 1.
inline constexpr std::string_view kMagic =
    "004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401";

inline constexpr std::string_view kLedger = R"(
[[ledger]]
id = "bitcoin"
format = "opentimestamps"
name = { zh = "比特币", en = "Bitcoin" }
  [ledger.opentimestamps]
  headers = "bitcoin/headers.tsv"
  checkpoints = "bitcoin/checkpoints.tsv"
)";

// The sample's court, with headers of Bitcoin that it imported.
class Court {
 public:
  Court() {
    std::filesystem::copy(sample_folder() + "/trust", folder_ / "list",
                          std::filesystem::copy_options::recursive);
    std::filesystem::create_directory(folder_ / "list/bitcoin");
    std::filesystem::copy(kTimestamps + "btc-headers/checkpoints.tsv", checkpoints());
    write_file(trust(), read_file(sample_trust()) + std::string(kLedger));
    std::string table;
    for (const char* height : {"227835", "227836", "358391", "363703", "383616", "562630"}) {
      const std::string header = read_file(kTimestamps + "ots/headers/" + height + ".hdr");
      table += std::string(height) + "\t" + core::to_hex(core::as_bytes(header)) + "\n";
    }
    write_file(folder_ / "new.tsv", table);
    EXPECT_EQ(import(folder_ / "new.tsv").status, 0);
  }

  Outcome import(const std::string& table) const {
    return heyan({"headers", "import", table, "--checkpoints", checkpoints(), "--into", headers(),
                  "--lang", "en"});
  }
  std::string checkpoints() const { return folder_ / "list/bitcoin/checkpoints.tsv"; }
  std::string headers() const { return folder_ / "list/bitcoin/headers.tsv"; }
  std::string trust() const { return folder_ / "list/trust.toml"; }
  const TemporaryFolder& folder() const { return folder_; }

  Outcome verify(const std::string& path, const std::string& format = "json") const {
    return heyan({"verify", path, "--trust", trust(), "--at", std::string(kAt), "--format", format,
                  "--lang", "en"});
  }

 private:
  TemporaryFolder folder_;
};

inline std::string bytes_of(std::string_view hex) {
  return core::to_string(core::from_hex(hex).value_or(core::Bytes()));
}

}  // namespace heyan::functional
