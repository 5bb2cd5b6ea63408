#include "verifier/ledgers/opentimestamps/operation.h"

#include <algorithm>

#include "verifier/crypto/ripemd.h"

namespace heyan::ledgers::opentimestamps {
namespace {

using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kShortDigest = 20;
constexpr std::size_t kLongDigest = 32;

Result<Bytes> joined(ByteView first, ByteView second, const core::Cursor& cursor) {
  if (first.size() + second.size() > kMostMessageBytes)
    return fail(ErrorCode::kLimit, "the result of an operation is too long", cursor.offset());
  Bytes bytes = core::to_bytes(first);
  bytes.insert(bytes.end(), second.begin(), second.end());
  return bytes;
}

Result<ByteView> take_argument(core::Cursor& cursor) {
  HEYAN_TRY(const std::uint64_t size, cursor.take_padded_varint());
  if (size == 0 || size > kMostMessageBytes)
    return fail(ErrorCode::kLimit, "an argument has not 1 to 4096 bytes", cursor.offset());
  return cursor.take(size);
}

Result<Bytes> digest(Operation operation, ByteView message, crypto::SignatureChecker& checker) {
  std::optional<Bytes> result;
  switch (operation) {
    case Operation::kSha1:
      result = checker.digest(crypto::Hash::kSha1, message);
      break;
    case Operation::kRipemd160:
      result = crypto::ripemd_160(message);
      break;
    case Operation::kSha256:
      result = checker.digest(crypto::Hash::kSha256, message);
      break;
    default:
      result = checker.digest(crypto::Hash::kKeccak256, message);
  }
  if (!result) return fail(ErrorCode::kInternal, "two libraries compute different digests");
  return *std::move(result);
}

}  // namespace

std::optional<Operation> operation_of(std::uint8_t tag) {
  const auto operation = static_cast<Operation>(tag);
  switch (operation) {
    case Operation::kSha1:
    case Operation::kRipemd160:
    case Operation::kSha256:
    case Operation::kKeccak256:
    case Operation::kAppend:
    case Operation::kPrepend:
    case Operation::kReverse:
    case Operation::kHexlify:
      return operation;
  }
  return std::nullopt;
}

std::optional<std::size_t> digest_bytes(Operation operation) {
  switch (operation) {
    case Operation::kSha1:
    case Operation::kRipemd160:
      return kShortDigest;
    case Operation::kSha256:
    case Operation::kKeccak256:
      return kLongDigest;
    default:
      return std::nullopt;
  }
}

Result<Bytes> apply(Operation operation, ByteView message, core::Cursor& cursor,
                    crypto::SignatureChecker& checker) {
  if (digest_bytes(operation)) return digest(operation, message, checker);
  if (operation == Operation::kReverse) return Bytes(message.rbegin(), message.rend());
  if (operation == Operation::kHexlify) {
    if (message.size() > kMostMessageBytes / 2)
      return fail(ErrorCode::kLimit, "the result of an operation is too long", cursor.offset());
    return core::to_bytes(std::string_view(core::to_hex(message)));
  }
  HEYAN_TRY(const ByteView argument, take_argument(cursor));
  return operation == Operation::kAppend ? joined(message, argument, cursor)
                                         : joined(argument, message, cursor);
}

}  // namespace heyan::ledgers::opentimestamps
