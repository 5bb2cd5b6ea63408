#include "verifier/crypto/pem.h"

namespace heyan::crypto {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;

void skip_space(std::string_view& text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  text.remove_prefix(at == std::string_view::npos ? text.size() : at);
}

Result<core::Bytes> take_block(std::string_view& text, std::string_view label) {
  const std::string begin = "-----BEGIN " + std::string(label) + "-----";
  const std::string end = "-----END " + std::string(label) + "-----";
  if (!text.starts_with(begin)) return fail(ErrorCode::kMalformed, "PEM block expected");
  text.remove_prefix(begin.size());
  const std::size_t stop = text.find(end);
  if (stop == std::string_view::npos)
    return fail(ErrorCode::kTruncated, "PEM block without its end");
  std::string body;
  body.reserve(stop);
  for (const char c : text.substr(0, stop)) {
    if (c != '\r' && c != '\n') body.push_back(c);
  }
  if (!text.starts_with('\n') && !text.starts_with("\r\n")) {
    return fail(ErrorCode::kMalformed, "PEM label not followed by a line end");
  }
  text.remove_prefix(stop + end.size());
  auto der = core::from_base64(body);
  if (!der || der->empty()) return fail(ErrorCode::kMalformed, "PEM block is not base64");
  return *std::move(der);
}

}  // namespace

Result<std::vector<core::Bytes>> read_pem_list(std::string_view text, std::string_view label,
                                               std::size_t most) {
  std::vector<core::Bytes> blocks;
  skip_space(text);
  do {
    if (blocks.size() == most) return fail(ErrorCode::kLimit, "too many PEM blocks");
    HEYAN_TRY(core::Bytes der, take_block(text, label));
    blocks.push_back(std::move(der));
    skip_space(text);
  } while (!text.empty());
  return blocks;
}

Result<core::Bytes> read_pem(std::string_view text, std::string_view label) {
  HEYAN_TRY(std::vector<core::Bytes> blocks, read_pem_list(text, label, 1));
  return std::move(blocks.front());
}

std::string write_pem(core::ByteView der, std::string_view label) {
  constexpr std::size_t kLine = 64;
  const std::string body = core::to_base64(der);
  std::string text = "-----BEGIN " + std::string(label) + "-----\n";
  for (std::size_t at = 0; at < body.size(); at += kLine) text += body.substr(at, kLine) + "\n";
  return text + "-----END " + std::string(label) + "-----\n";
}

}  // namespace heyan::crypto
