#include "tests/functional/sample_case.h"

#include <gtest/gtest.h>

#include <set>

#include "verifier/crypto/digest.h"

namespace heyan::functional {

std::string sample_folder() { return HEYAN_SOURCE "/gateway/sample"; }
std::string sample_trust() { return sample_folder() + "/trust/trust.toml"; }

SampleCase::SampleCase() {
  std::filesystem::copy(sample_folder() + "/case", path(),
                        std::filesystem::copy_options::recursive);
  document = Json::parse(read_file(path() + "/case.json"));
}

Json& SampleCase::item(std::string_view id) {
  for (Json& item : document["evidence"]) {
    if (item["id"] == id) return item;
  }
  ADD_FAILURE() << "no item " << id;
  return document["evidence"][0];
}

void SampleCase::keep_only(std::string_view id) {
  const Json kept = item(id);
  document["evidence"] = Json::array({kept});
}

void SampleCase::save() const { save_text(document.dump(1)); }

void SampleCase::save_text(std::string_view text) const { write_file(path() + "/case.json", text); }

std::string SampleCase::write(std::string_view name, std::string_view bytes) const {
  const std::filesystem::path file = std::filesystem::path(path()) / name;
  std::filesystem::create_directories(file.parent_path());
  write_file(file, bytes);
  return file.string();
}

Outcome verify(const std::string& path, std::vector<std::string> more) {
  std::vector<std::string> arguments = {
      "verify", path, "--trust", sample_trust(), "--at", std::string(kAt), "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return heyan(arguments);
}

Json verified(const std::string& path, int status, std::vector<std::string> more) {
  const Outcome outcome = verify(path, std::move(more));
  EXPECT_EQ(outcome.status, status) << outcome.err;
  return Json::parse(outcome.out, nullptr, false);
}

Json item_of(const Json& report, std::string_view id) {
  for (const Json& item : report.value("evidence", Json::array())) {
    if (item.value("id", "") == id) return item;
  }
  ADD_FAILURE() << "the report has no item " << id;
  return Json::object();
}

std::string verdict_of(const Json& report, std::string_view id) {
  return item_of(report, id).value("verdict", "");
}

std::vector<std::string> codes_of(const Json& item) {
  std::set<std::string> codes;
  for (const Json& reason : item.value("reasons", Json::array())) {
    if (reason.value("effect", "") != "NONE") codes.insert(reason.value("code", ""));
  }
  return {codes.begin(), codes.end()};
}

std::string check_of(const Json& item, std::string_view check) {
  for (const Json& entry : item.value("checks", Json::array())) {
    if (entry.value("check", "") == check) return entry.value("outcome", "");
  }
  ADD_FAILURE() << "the report does not list " << check;
  return {};
}

std::string sha256_hex(std::string_view bytes) {
  return core::to_hex(crypto::sha256(core::as_bytes(bytes)));
}

}  // namespace heyan::functional
