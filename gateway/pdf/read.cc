#include "gateway/pdf/read.h"

#include <algorithm>
#include <array>
#include <exception>
#include <set>

#include "gateway/pdf/complete.h"
#include "gateway/pdf/qpdf.h"
#include "gateway/pdf/seal.h"

namespace heyan::pdf {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using Object = QPDFObjectHandle;

constexpr std::size_t kMostObjects = 4'000'000;

// Where the catalogue of a file of ours may lead.
constexpr std::array<std::string_view, 13> kCatalogue = {
    "/AF",       "/AcroForm",          "/Lang",    "/MarkInfo", "/Names",
    "/Outlines", "/PageLabels",        "/Pages",   "/Perms",    "/StructTreeRoot",
    "/Type",     "/ViewerPreferences", "/PageMode"};
constexpr std::array<std::string_view, 8> kPage = {"/Annots",        "/Contents", "/Group",
                                                   "/MediaBox",      "/Parent",   "/Resources",
                                                   "/StructParents", "/Type"};
// Keys that make something happen, be hidden, be filled in or be fetched, wherever they stand.
constexpr std::array<std::string_view, 14> kForbidden = {
    "/JS",  "/JavaScript", "/AA",        "/OpenAction", "/OCProperties", "/OC",  "/OCGs",
    "/XFA", "/RichMedia",  "/Rendition", "/URI",        "/Launch",       "/OPI", "/Ref"};
constexpr std::array<std::string_view, 12> kForbiddenActions = {
    "/JavaScript", "/Launch", "/URI",       "/GoToR", "/GoToE", "/SubmitForm",
    "/ImportData", "/Movie",  "/Rendition", "/Trans", "/Sound", "/ResetForm"};

template <std::size_t N>
bool holds_only(Object dictionary, const std::array<std::string_view, N>& allowed) {
  const std::set<std::string> keys = dictionary.getKeys();
  return dictionary.isDictionary() && std::ranges::all_of(keys, [&](const std::string& key) {
           return std::ranges::find(allowed, key) != allowed.end();
         });
}

bool is_harmless(Object object) {
  Object dictionary = object.isStream() ? object.getDict() : object;
  if (!dictionary.isDictionary()) return true;
  for (const std::string_view key : kForbidden) {
    if (dictionary.hasKey(std::string(key))) return false;
  }
  Object action = dictionary.getKey("/S");
  return !action.isName() ||
         std::ranges::find(kForbiddenActions, action.getName()) == kForbiddenActions.end();
}

// An indirect object and what stands in it.
bool is_harmless_throughout(const Object& object) {
  std::vector<Object> waiting = {object};
  while (!waiting.empty()) {
    Object next = waiting.back();
    waiting.pop_back();
    if (!is_harmless(next)) return false;
    Object dictionary = next.isStream() ? next.getDict() : next;
    const auto add = [&](Object inner) {
      if (!inner.isIndirect() && (inner.isDictionary() || inner.isArray())) {
        waiting.push_back(inner);
      }
    };
    if (dictionary.isArray()) {
      for (Object& inner : dictionary.getArrayAsVector()) add(inner);
    } else if (dictionary.isDictionary()) {
      for (auto& [key, inner] : dictionary.getDictAsMap()) add(inner);
    }
  }
  return true;
}

bool is_same(const Object& a, const Object& b) {
  return a.isIndirect() && a.getObjGen() == b.getObjGen();
}

// The one signature: of the one field, certifying, of the one kind.
Result<Object> certifying_signature(Object root) {
  const auto wrong = fail(ErrorCode::kMalformed, "the file is not certified as ours are");
  Object form = root.getKey("/AcroForm");
  if (!holds_only(form, std::array<std::string_view, 2>{"/Fields", "/SigFlags"})) return wrong;
  Object fields = form.getKey("/Fields");
  if (!fields.isArray() || fields.getArrayNItems() != 1) return wrong;
  Object field = fields.getArrayItem(0);
  if (!field.isDictionary() || !field.getKey("/FT").isNameAndEquals("/Sig") ||
      field.hasKey("/AP") || field.hasKey("/Kids") || field.hasKey("/Parent")) {
    return wrong;
  }
  Object seal = field.getKey("/V");
  Object permissions = root.getKey("/Perms");
  if (!seal.isDictionary() ||
      !holds_only(permissions, std::array<std::string_view, 1>{"/DocMDP"}) ||
      !is_same(permissions.getKey("/DocMDP"), seal) ||
      !seal.getKey("/SubFilter").isNameAndEquals("/ETSI.CAdES.detached")) {
    return wrong;
  }
  Object references = seal.getKey("/Reference");
  if (!references.isArray() || references.getArrayNItems() != 1) return wrong;
  Object parameters = references.getArrayItem(0).getKey("/TransformParams");
  Object permitted = parameters.getKey("/P");
  if (!references.getArrayItem(0).getKey("/TransformMethod").isNameAndEquals("/DocMDP") ||
      !permitted.isInteger() || permitted.getIntValue() != 1) {
    return wrong;
  }
  return seal;
}

// What the reader sees as the signature must be what was verified.
bool is_in_place(Object seal, std::string_view file) {
  const auto place = find_seal(file);
  if (!place) return false;
  const auto bytes = core::from_hex(file.substr(place->begin + 1, 2 * kSealBytes));
  Object contents = seal.getKey("/Contents");
  return bytes && contents.isString() && contents.getStringValue() == core::to_string(*bytes);
}

bool has_our_pages(QPDF& pdf, Object root) {
  Object field = root.getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
  bool first = true;
  for (Object& page : std::vector<Object>(pdf.getAllPages())) {
    if (!holds_only(page, kPage)) return false;
    Object notes = page.getKey("/Annots");
    const bool ours = first ? notes.isArray() && notes.getArrayNItems() == 1 &&
                                  is_same(notes.getArrayItem(0), field)
                            : notes.isNull();
    if (!ours) return false;
    first = false;
  }
  return !first;
}

// By /AF, in the order in which complete.h attaches; the tree of names must hold the same two.
Result<std::string> attached(Object root, int index, std::string_view name) {
  Object files = root.getKey("/AF");
  if (!files.isArray() || files.getArrayNItems() != 2) {
    return fail(ErrorCode::kMalformed, "the file has not the attachments that ours have");
  }
  Object file = files.getArrayItem(index);
  if (!file.isDictionary() || !file.getKey("/UF").isString() ||
      file.getKey("/UF").getUTF8Value() != name) {
    return fail(ErrorCode::kMalformed, "an attachment has another name");
  }
  Object stream = file.getKey("/EF").getKey("/F");
  if (!stream.isStream()) return fail(ErrorCode::kMalformed, "an attachment is not in the file");
  Object size = stream.getDict().getKey("/Params").getKey("/Size");
  if (!size.isInteger() || size.getIntValue() < 0 ||
      size.getIntValue() > static_cast<long long>(kMostAttachedBytes)) {
    return fail(ErrorCode::kLimit, "an attachment is too large");
  }
  const std::shared_ptr<Buffer> bytes = stream.getStreamData(qpdf_dl_generalized);
  if (bytes->getSize() != static_cast<std::size_t>(size.getIntValue())) {
    return fail(ErrorCode::kMalformed, "an attachment is not as long as it says");
  }
  return std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
}

Result<Attached> read(QPDF& pdf, std::string_view file) {
  pdf.setSuppressWarnings(true);
  pdf.setAttemptRecovery(false);
  pdf.processMemoryFile("file", file.data(), file.size());
  Object root = pdf.getRoot();
  if (pdf.isEncrypted() || !holds_only(root, kCatalogue)) {
    return fail(ErrorCode::kMalformed, "the file holds what ours do not");
  }
  HEYAN_TRY(Object seal, certifying_signature(root));
  if (!is_in_place(seal, file)) {
    return fail(ErrorCode::kMalformed, "the signature that readers see is another one");
  }
  if (pdf.getObjectCount() > kMostObjects) return fail(ErrorCode::kLimit, "too many objects");
  for (const Object& object : pdf.getAllObjects()) {
    if (!is_harmless_throughout(object)) {
      return fail(ErrorCode::kMalformed, "the file holds something that acts or hides");
    }
  }
  if (!has_our_pages(pdf, root)) return fail(ErrorCode::kMalformed, "its pages are not ours");
  Attached found;
  HEYAN_TRY(found.payload, attached(root, 0, kPayloadName));
  HEYAN_TRY(found.envelope, attached(root, 1, kSignedName));
  Object reason = seal.getKey("/Reason");
  if (reason.isString()) found.reason = reason.getUTF8Value();
  if (pdf.anyWarnings()) return fail(ErrorCode::kMalformed, "a reader would have to repair it");
  return found;
}

}  // namespace

Result<Attached> read_attached(std::string_view file) {
  if (file.size() > kMostFileBytes) return fail(ErrorCode::kLimit, "the file is too large");
  try {
    QPDF pdf;
    return read(pdf, file);
  } catch (const std::exception&) {
    return fail(ErrorCode::kMalformed, "the file is no PDF that can be read without repair");
  }
}

}  // namespace heyan::pdf
