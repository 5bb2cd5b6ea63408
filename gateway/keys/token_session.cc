#include "gateway/keys/token_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace heyan::keys {
namespace {

using core::Bytes;
using core::ErrorCode;
using core::fail;
using core::Result;

constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMostAttributeBytes = 4096;
constexpr CK_ULONG kMostSlots = 256;
// Of a login that came to nothing before the token looked at the PIN.
constexpr std::array<CK_RV, 7> kNotOfThePin = {
    CKR_DEVICE_ERROR,      CKR_DEVICE_MEMORY,  CKR_DEVICE_REMOVED,        CKR_HOST_MEMORY,
    CKR_TOKEN_NOT_PRESENT, CKR_SESSION_CLOSED, CKR_SESSION_HANDLE_INVALID};

// OBJECT IDENTIFIER prime256v1 (RFC 5480 2.1.1.1).
constexpr std::array<CK_BYTE, 10> kP256 = {0x06, 0x08, 0x2a, 0x86, 0x48,
                                           0xce, 0x3d, 0x03, 0x01, 0x07};

template <typename T>
CK_ATTRIBUTE attribute_of(CK_ATTRIBUTE_TYPE type, const T& value) {
  // PKCS#11 reads what it is given; its type has no const.
  return {type, const_cast<T*>(&value), sizeof value};
}
CK_ATTRIBUTE attribute_of(CK_ATTRIBUTE_TYPE type, const std::string& value) {
  return {type, const_cast<char*>(value.data()), value.size()};
}

// Padded with spaces to its whole length.
bool is_named(const CK_TOKEN_INFO& info, std::string_view name) {
  std::string_view label(reinterpret_cast<const char*>(info.label), sizeof info.label);
  label = label.substr(0, label.find_last_not_of(' ') + 1);
  return label == name;
}

}  // namespace

Result<void> expect_untried_pin(CK_FLAGS flags) {
  const auto is_set = [flags](CK_FLAGS flag) { return (flags & flag) != 0; };
  if (is_set(CKF_USER_PIN_LOCKED)) return fail(ErrorCode::kUnsupported, "its PIN is locked");
  if (is_set(CKF_USER_PIN_FINAL_TRY)) {
    return fail(ErrorCode::kUnsupported,
                "wrong PINs were tried, and one more locks it: none is tried");
  }
  if (is_set(CKF_USER_PIN_COUNT_LOW)) {
    return fail(ErrorCode::kUnsupported,
                "a wrong PIN was tried since somebody last logged in: none is tried again");
  }
  return {};
}

Result<std::shared_ptr<const Token::Session>> Token::Session::open(
    const std::filesystem::path& module, std::string_view token, core::ByteView pin,
    Told does_not_sign) {
  CK_FUNCTION_LIST* const loaded = p11_kit_module_load(module.c_str(), 0);
  if (loaded == nullptr) return fail(ErrorCode::kIo, "the module cannot be loaded");
  if (p11_kit_module_initialize(loaded) != CKR_OK) {
    p11_kit_module_release(loaded);
    return fail(ErrorCode::kIo, "the module does not start");
  }
  std::shared_ptr<Session> session(new Session(loaded, std::move(does_not_sign)));
  HEYAN_TRY(const CK_SLOT_ID slot, session->slot_of(token));
  if (loaded->C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr,
                            &session->session_) != CKR_OK) {
    return fail(ErrorCode::kIo, "the token opens no session");
  }
  HEYAN_CHECK_OK(session->log_in(slot, pin));
  return session;
}

// A token locks itself after a few wrong PINs, for good: whoever starts this program again and
// again with one that is wrong has one tried, not all.
Result<void> Token::Session::log_in(CK_SLOT_ID slot, core::ByteView pin) const {
  if (pin.empty()) return fail(ErrorCode::kUnsupported, "the PIN is empty");
  CK_TOKEN_INFO info{};
  if (module_->C_GetTokenInfo(slot, &info) != CKR_OK) {
    return fail(ErrorCode::kIo, "the token does not say how it is");
  }
  HEYAN_CHECK_OK(expect_untried_pin(info.flags));
  Bytes copy = core::to_bytes(pin);
  const CK_RV login = module_->C_Login(session_, CKU_USER, copy.data(), copy.size());
  ::explicit_bzero(copy.data(), copy.size());
  if (std::ranges::find(kNotOfThePin, login) != kNotOfThePin.end()) {
    return fail(ErrorCode::kIo, "the token lets nobody log in");
  }
  if (login != CKR_OK) return fail(ErrorCode::kUnsupported, "the token refuses the PIN");
  return {};
}

Token::Session::~Session() {
  if (session_ != 0) module_->C_CloseSession(session_);
  p11_kit_module_finalize(module_);
  p11_kit_module_release(module_);
}

Result<CK_SLOT_ID> Token::Session::slot_of(std::string_view token) const {
  CK_ULONG count = 0;
  if (module_->C_GetSlotList(CK_TRUE, nullptr, &count) != CKR_OK || count > kMostSlots) {
    return fail(ErrorCode::kIo, "the module names no tokens");
  }
  std::vector<CK_SLOT_ID> slots(count);
  if (module_->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) {
    return fail(ErrorCode::kIo, "the module names no tokens");
  }
  slots.resize(std::min<std::size_t>(count, slots.size()));
  std::optional<CK_SLOT_ID> found;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    if (module_->C_GetTokenInfo(slot, &info) != CKR_OK || !is_named(info, token)) continue;
    if (found) return fail(ErrorCode::kDuplicate, "two tokens have this name");
    found = slot;
  }
  if (!found) return fail(ErrorCode::kIo, "there is no token of this name");
  return *found;
}

Result<std::vector<CK_OBJECT_HANDLE>> Token::Session::find(CK_OBJECT_CLASS kind,
                                                           const std::string& label) const {
  const std::lock_guard lock(mutex_);
  std::array wanted = {attribute_of(CKA_CLASS, kind), attribute_of(CKA_LABEL, label)};
  std::array<CK_OBJECT_HANDLE, 2> found{};
  CK_ULONG count = 0;
  if (module_->C_FindObjectsInit(session_, wanted.data(), wanted.size()) != CKR_OK) {
    return fail(ErrorCode::kIo, "the token lets nothing be found");
  }
  const CK_RV done = module_->C_FindObjects(session_, found.data(), found.size(), &count);
  if (module_->C_FindObjectsFinal(session_) != CKR_OK || done != CKR_OK || count > found.size()) {
    return fail(ErrorCode::kIo, "the token lets nothing be found");
  }
  return std::vector<CK_OBJECT_HANDLE>(found.begin(),
                                       found.begin() + static_cast<std::ptrdiff_t>(count));
}

Result<Bytes> Token::Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  const std::lock_guard lock(mutex_);
  Bytes value(kMostAttributeBytes);
  CK_ATTRIBUTE wanted{type, value.data(), value.size()};
  if (module_->C_GetAttributeValue(session_, object, &wanted, 1) != CKR_OK ||
      wanted.ulValueLen > value.size()) {
    return fail(ErrorCode::kUnsupported, "the token does not tell what kind of key it is");
  }
  value.resize(wanted.ulValueLen);
  return value;
}

Result<void> Token::Session::make_pair(const std::string& label) const {
  const std::lock_guard lock(mutex_);
  const CK_BBOOL yes = CK_TRUE;
  const CK_BBOOL no = CK_FALSE;
  std::array open = {attribute_of(CKA_TOKEN, yes), attribute_of(CKA_LABEL, label),
                     attribute_of(CKA_VERIFY, yes), attribute_of(CKA_EC_PARAMS, kP256)};
  std::array secret = {attribute_of(CKA_TOKEN, yes),     attribute_of(CKA_LABEL, label),
                       attribute_of(CKA_PRIVATE, yes),   attribute_of(CKA_SIGN, yes),
                       attribute_of(CKA_SENSITIVE, yes), attribute_of(CKA_EXTRACTABLE, no)};
  CK_MECHANISM mechanism{CKM_EC_KEY_PAIR_GEN, nullptr, 0};
  CK_OBJECT_HANDLE public_key = 0;
  CK_OBJECT_HANDLE private_key = 0;
  if (module_->C_GenerateKeyPair(session_, &mechanism, open.data(), open.size(), secret.data(),
                                 secret.size(), &public_key, &private_key) != CKR_OK) {
    return fail(ErrorCode::kIo, "the token makes no key");
  }
  return {};
}

Result<Bytes> Token::Session::sign(CK_OBJECT_HANDLE key, core::ByteView digest) const {
  const std::lock_guard lock(mutex_);
  CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
  Bytes message = core::to_bytes(digest);
  Bytes signature(kSignatureBytes);
  CK_ULONG size = signature.size();
  CK_RV said = module_->C_SignInit(session_, &mechanism, key);
  if (said == CKR_OK) {
    said = module_->C_Sign(session_, message.data(), message.size(), signature.data(), &size);
  }
  if (said != CKR_OK || size != kSignatureBytes) {
    if (does_not_sign_) {
      does_not_sign_(said == CKR_OK ? "its signature is of another length"
                                    : fmt::format("{} ({:#x})", p11_kit_strerror(said), said));
    }
    return fail(ErrorCode::kIo, "the token does not sign");
  }
  return signature;
}

}  // namespace heyan::keys
