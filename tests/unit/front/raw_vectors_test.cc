// tests/vectors/courts: raw requests over TLS, and what MANIFEST.tsv expects of each.
#include <filesystem>
#include <fstream>
#include <regex>

#include "tests/unit/front/fixture.h"

namespace heyan::front {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(HEYAN_VECTORS) / "courts";

struct Vector {
  std::string file;
  std::string verdict;
};

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Rows of the manifest whose file is a request.
std::vector<Vector> vectors() {
  std::vector<Vector> rows;
  std::ifstream manifest(kFolder / "MANIFEST.tsv");
  for (std::string line; std::getline(manifest, line);) {
    const std::string file = line.substr(0, line.find('\t'));
    if (!file.starts_with("upload/")) continue;
    if (!file.ends_with(".http") && !file.ends_with(".gz")) continue;
    rows.push_back({file, line.substr(line.rfind('\t') + 1)});
  }
  return rows;
}

std::string request_of(const std::string& file) {
  std::string bytes = content(kFolder / file);
  if (!file.ends_with(".gz")) return bytes;
  return post("/echo", bytes, "Content-Encoding: gzip\r\n");
}

bool expected(const std::string& verdict, int status) {
  const bool accepted = status >= 200 && status < 300;
  const bool refused = status >= 400 && status < 500;
  if (verdict.starts_with("ACCEPT")) {
    return accepted || (refused && verdict.contains("or REJECT"));
  }
  if (!verdict.starts_with("REJECT")) return false;
  std::smatch match;
  if (!std::regex_search(verdict, match, std::regex("^REJECT ([0-9]{3}(/[0-9]{3})*)")))
    return refused;
  return match[1].str().contains(std::to_string(status));
}

class RawVectors : public ServerTest {};

TEST_F(RawVectors, AreAnsweredAsTheManifestSays) {
  ServerOptions options;
  options.header = std::chrono::seconds(2);
  start(options);
  const std::vector<Vector> rows = vectors();
  ASSERT_GE(rows.size(), 8u) << "the vectors are not there";
  for (const Vector& row : rows) {
    Client client(port());
    ASSERT_TRUE(client.connected());
    const std::string bytes = request_of(row.file);
    ASSERT_FALSE(bytes.empty()) << row.file;
    client.send(bytes);
    const Reply reply = client.receive();
    EXPECT_TRUE(expected(row.verdict, reply.status))
        << row.file << ": " << reply.status << ", expected " << row.verdict;
    if (row.verdict.contains("name 证据一.pdf")) {
      EXPECT_EQ(reply.body, "file=证据一.pdf;") << row.file;
    }
    if (row.verdict.contains("and close")) {
      EXPECT_EQ(reply.fields.at("connection"), "close") << row.file;
      EXPECT_TRUE(client.at_end()) << row.file;
    }
  }
}

}  // namespace
}  // namespace heyan::front
