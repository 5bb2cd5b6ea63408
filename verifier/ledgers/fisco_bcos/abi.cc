#include "verifier/ledgers/fisco_bcos/abi.h"

#include <algorithm>
#include <charconv>

#include "verifier/core/cursor.h"
#include "verifier/core/text.h"

namespace heyan::ledgers::fisco_bcos {
namespace {

constexpr std::size_t kWord = 32;
constexpr std::size_t kMostArguments = 64;

// 8 to 256 in steps of 8, or 1 to 32: a number without sign or leading zero, at most `most`.
std::optional<std::size_t> read_size(std::string_view text, std::size_t most) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || text.front() == '0' || size == 0 || size > most) return std::nullopt;
  return size;
}

std::optional<AbiType> read_type(std::string_view name) {
  if (name == "string") return AbiType{AbiKind::kString, 0};
  if (name == "bytes") return AbiType{AbiKind::kBytes, 0};
  if (name == "address") return AbiType{AbiKind::kAddress, kAddressBytes};
  if (name == "bool") return AbiType{AbiKind::kBool, 1};
  if (name.starts_with("bytes")) {
    const auto size = read_size(name.substr(5), kWord);
    return size ? std::optional(AbiType{AbiKind::kFixedBytes, *size}) : std::nullopt;
  }
  const bool is_signed = name.starts_with("int");
  if (!is_signed && !name.starts_with("uint")) return std::nullopt;
  const auto bits = read_size(name.substr(is_signed ? 3 : 4), 8 * kWord);
  if (!bits || *bits % 8 != 0) return std::nullopt;
  return AbiType{is_signed ? AbiKind::kSigned : AbiKind::kUnsigned, *bits / 8};
}

bool is_name(std::string_view text) {
  const auto letter = [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || sign == '_' ||
           sign == '$';
  };
  return !text.empty() && letter(text.front()) && std::ranges::all_of(text, [&](char sign) {
    return letter(sign) || (sign >= '0' && sign <= '9');
  });
}

bool is_dynamic(const AbiType& type) {
  return type.kind == AbiKind::kString || type.kind == AbiKind::kBytes;
}

bool is_fill(ByteView bytes, std::uint8_t value) {
  return std::ranges::all_of(bytes, [value](std::uint8_t octet) { return octet == value; });
}

std::unexpected<core::Error> refuse(std::string_view what) {
  return core::fail(core::ErrorCode::kNotCanonical, what);
}

// A value in its word: fixed bytes stand at the left, numbers at the right.
Result<Bytes> read_word(const AbiType& type, ByteView word) {
  if (type.kind == AbiKind::kFixedBytes) {
    if (!is_fill(word.subspan(type.bytes), 0)) return refuse("padding of fixed bytes");
    return core::to_bytes(word.first(type.bytes));
  }
  const ByteView value = word.last(type.bytes);
  const bool negative = type.kind == AbiKind::kSigned && (value.front() & 0x80) != 0;
  if (!is_fill(word.first(kWord - type.bytes), negative ? 0xff : 0x00)) return refuse("padding");
  if (type.kind == AbiKind::kBool && value.front() > 1) return refuse("bool");
  return core::to_bytes(value);
}

Result<std::size_t> read_length(ByteView word, std::size_t most) {
  if (!is_fill(word.first(kWord - 8), 0)) return refuse("length");
  std::uint64_t length = 0;
  for (const std::uint8_t octet : word.last(8)) length = length << 8 | octet;
  if (length > most) return core::fail(core::ErrorCode::kTruncated, "length");
  return static_cast<std::size_t>(length);
}

std::string decimal(ByteView value) {
  std::uint64_t number = 0;
  for (const std::uint8_t octet : value) number = number << 8 | octet;
  return std::to_string(number);
}

}  // namespace

std::optional<Method> Method::parse(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')') || !is_name(text.substr(0, open)))
    return std::nullopt;
  Method method{.signature = std::string(text), .types = {}};
  std::string_view rest = text.substr(open + 1, text.size() - open - 2);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    const auto type = read_type(rest.substr(0, comma));
    if (!type || method.types.size() == kMostArguments) return std::nullopt;
    method.types.push_back(*type);
    if (comma == std::string_view::npos) return method;
    rest = rest.substr(comma + 1);
    if (rest.empty()) return std::nullopt;
  }
  return method;
}

Result<std::vector<Argument>> decode_arguments(const Method& method, ByteView data) {
  core::Cursor heads(data);
  std::size_t tail = method.types.size() * kWord;  // where the next tail must begin
  std::vector<Argument> arguments;
  for (const AbiType& type : method.types) {
    HEYAN_TRY(const ByteView word, heads.take(kWord));
    Argument& argument = arguments.emplace_back(Argument{.type = type, .value = {}});
    if (!is_dynamic(type)) {
      HEYAN_TRY(argument.value, read_word(type, word));
      continue;
    }
    HEYAN_TRY(const std::size_t offset, read_length(word, data.size()));
    if (offset != tail) return refuse("offset");
    core::Cursor tails(data.subspan(offset));
    HEYAN_TRY(const ByteView length_word, tails.take(kWord));
    HEYAN_TRY(const std::size_t length, read_length(length_word, data.size()));
    HEYAN_TRY(const ByteView content, tails.take(length));
    HEYAN_TRY(const ByteView padding, tails.take((kWord - length % kWord) % kWord));
    if (!is_fill(padding, 0)) return refuse("padding of a tail");
    argument.value = core::to_bytes(content);
    if (type.kind == AbiKind::kString && !core::is_utf8(core::as_text(content)))
      return core::fail(core::ErrorCode::kMalformed, "text is not UTF-8");
    tail = offset + tails.offset();
  }
  if (tail != data.size()) return core::fail(core::ErrorCode::kTrailing, "after the arguments");
  return arguments;
}

std::string to_text(const Argument& argument) {
  switch (argument.type.kind) {
    case AbiKind::kString:
      return core::to_string(argument.value);
    case AbiKind::kBool:
      return argument.value.front() == 1 ? "true" : "false";
    case AbiKind::kUnsigned: {
      const ByteView value = argument.value;
      if (value.size() <= 8) return decimal(value);
      if (is_fill(value.first(value.size() - 8), 0)) return decimal(value.last(8));
      break;
    }
    default:
      break;
  }
  return "0x" + core::to_hex(argument.value);
}

}  // namespace heyan::ledgers::fisco_bcos
