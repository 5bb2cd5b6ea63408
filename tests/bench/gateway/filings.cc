#include "tests/bench/gateway/filings.h"

#include <fstream>

#include "verifier/crypto/digest.h"

namespace heyan::bench {
namespace {

using core::json::Value;

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

Value text(std::string_view value) { return std::string(value); }

}  // namespace

Filing make_filing(const ledgers::fabric::testing::Network& network, std::size_t number,
                   std::size_t items) {
  Filing filing;
  filing.case_number = "bench-" + std::to_string(items) + "-" + std::to_string(number);
  filing.boundary = "----" + filing.case_number + "-boundary";
  const auto add = [&](const std::string& name, std::string_view content) {
    filing.body += "--" + filing.boundary + "\r\nContent-Disposition: form-data; name=\"" + name +
                   "\"; filename=\"f\"\r\n\r\n";
    filing.body.append(content).append("\r\n");
  };
  std::vector<core::Bytes> envelopes;
  Value evidence{Value::Array{}};
  std::vector<std::pair<std::string, std::string>> files;
  for (std::size_t i = 0; i < items; ++i) {
    const std::string key = filing.case_number + "-" + std::to_string(i);
    const std::string content = "evidence " + key + "\n" + std::string(2000, 'x');
    envelopes.push_back(network.record(content, key).bytes);
    filing.digests.push_back(core::to_hex(crypto::sha256(core::as_bytes(content))));
    const std::string path = "files/" + key;
    files.emplace_back(path, content);
    Value file, record, proof, item;
    file.set("path", path);
    record.set("ledger", "chain").set("id", key);
    proof.set("format", "fabric").set("ledger", "chain").set("path", "proofs/block.pb");
    Value proofs{Value::Array{}};
    proofs.push(std::move(proof));
    item.set("id", "E" + std::to_string(i + 1))
        .set("name", text("evidence"))
        .set("file", std::move(file))
        .set("record", std::move(record))
        .set("proofs", std::move(proofs));
    evidence.push(std::move(item));
  }
  Value submission;
  submission.set("schema", "heyan.submission.v1")
      .set("caseNumber", filing.case_number)
      .set("evidence", std::move(evidence));
  add("case", core::json::write_canonical(submission));
  for (const auto& [path, content] : files) add(path, content);
  add("proofs/block.pb", core::as_text(network.block(5, envelopes)));
  filing.body += "--" + filing.boundary + "--\r\n";
  return filing;
}

void write_trust(const ledgers::fabric::testing::Network& network,
                 const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  auto trust = network.trust();
  trust.ledger_extra = "  [ledger.record]\n  digest = { \"sha-256\" = \"/what/sha256\" }\n";
  write(folder / "trust.toml", trust.toml());
  for (const auto& [name, bytes] : network.files()) write(folder / name, core::as_text(bytes));
}

}  // namespace heyan::bench
