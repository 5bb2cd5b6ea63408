#include "gateway/pdf/complete.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>

#include "gateway/pdf/qpdf.h"
#include "gateway/pdf/seal.h"

namespace heyan::pdf {
namespace {

using core::ErrorCode;
using core::Result;
using Object = QPDFObjectHandle;

Object name(const std::string& word) { return Object::newName("/" + word); }

// A row of headings belongs to its columns; one heading to its row.
void set_scope(Object row, std::vector<Object>& children) {
  if (!row.getKey("/S").isNameAndEquals("/TR")) return;
  std::vector<Object> heads;
  for (Object& child : children) {
    if (child.getKey("/S").isNameAndEquals("/TH")) heads.push_back(child);
  }
  const bool all = heads.size() == children.size() && heads.size() > 1;
  for (Object& head : heads) {
    Object attributes = Object::newDictionary();
    attributes.replaceKey("/O", name("Table"));
    attributes.replaceKey("/Scope", name(all ? "Column" : "Row"));
    head.replaceKey("/A", attributes);
  }
}

std::vector<Object> children_of(Object element) {
  std::vector<Object> children;
  Object kids = element.getKey("/K");
  const auto take = [&](Object kid) {
    if (kid.isDictionary() && kid.hasKey("/S")) children.push_back(kid);
  };
  if (kids.isArray()) {
    for (const Object& kid : kids.getArrayAsVector()) take(kid);
  } else {
    take(kids);
  }
  return children;
}

// What Cairo 1.16 cannot say of an element: that it is part of a document, what a figure shows, and
// what a heading is the heading of.
void describe_structure(QPDF& pdf, const std::vector<std::string>& figures) {
  Object root = pdf.getRoot().getKey("/StructTreeRoot");
  if (!root.isDictionary()) return;
  Object whole = Object::newDictionary();
  whole.replaceKey("/Type", name("StructElem"));
  whole.replaceKey("/S", name("Document"));
  whole.replaceKey("/P", root);
  whole = pdf.makeIndirectObject(whole);
  Object kids = Object::newArray();
  auto next = figures.begin();
  std::vector<Object> waiting = children_of(root);
  for (Object& child : waiting) {
    child.replaceKey("/P", whole);
    kids.appendItem(child);
  }
  std::ranges::reverse(waiting);  // taken from the back, in the order of the document
  while (!waiting.empty()) {
    Object element = waiting.back();
    waiting.pop_back();
    if (element.getKey("/S").isNameAndEquals("/Figure") && next != figures.end()) {
      element.replaceKey("/Alt", Object::newUnicodeString(*next++));
    }
    std::vector<Object> children = children_of(element);
    set_scope(element, children);
    waiting.insert(waiting.end(), children.rbegin(), children.rend());
  }
  whole.replaceKey("/K", kids);
  root.replaceKey("/K", whole);
}

void describe(QPDF& pdf, catalogue::Language language) {
  Object root = pdf.getRoot();
  const bool chinese = language == catalogue::Language::kChinese;
  root.replaceKey("/Lang", Object::newString(chinese ? "zh-CN" : "en"));
  Object marked = Object::newDictionary();
  marked.replaceKey("/Marked", Object::newBool(true));
  root.replaceKey("/MarkInfo", marked);
  Object viewer = Object::newDictionary();
  viewer.replaceKey("/DisplayDocTitle", Object::newBool(true));
  root.replaceKey("/ViewerPreferences", viewer);
}

void compress(Object stream, const std::string& bytes) {
  Pl_Buffer end("compressed");
  Pl_Flate flate("flate", &end, Pl_Flate::a_deflate);
  flate.writeString(bytes);
  flate.finish();
  stream.replaceStreamData(end.getBufferSharedPointer(), name("FlateDecode"), Object::newNull());
}

void attach(QPDF& pdf, const std::vector<Attachment>& attachments) {
  QPDFEmbeddedFileDocumentHelper files(pdf);
  Object associated = Object::newArray();
  for (const Attachment& one : attachments) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, one.bytes);
    stream.setSubtype(one.media_type);
    if (!one.plain) compress(stream.getObjectHandle(), one.bytes);
    auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, one.name, stream);
    file.getObjectHandle().replaceKey("/AFRelationship", name("Source"));
    files.replaceEmbeddedFile(one.name, file);
    associated.appendItem(file.getObjectHandle());
  }
  pdf.getRoot().replaceKey("/AF", associated);
}

// D:20261120083000Z
std::string pdf_date(core::UtcTime time) {
  return fmt::format("D:{:%Y%m%d%H%M%S}Z", std::chrono::floor<std::chrono::seconds>(time));
}

Object no_changes() {
  Object parameters = Object::newDictionary();
  parameters.replaceKey("/Type", name("TransformParams"));
  parameters.replaceKey("/P", Object::newInteger(1));
  parameters.replaceKey("/V", name("1.2"));
  Object reference = Object::newDictionary();
  reference.replaceKey("/Type", name("SigRef"));
  reference.replaceKey("/TransformMethod", name("DocMDP"));
  reference.replaceKey("/TransformParams", parameters);
  Object references = Object::newArray();
  references.appendItem(reference);
  return references;
}

Object signature(core::ByteView payload_sha256, core::UtcTime at) {
  Object made = Object::newDictionary();
  made.replaceKey("/Type", name("Sig"));
  made.replaceKey("/Filter", name("Adobe.PPKLite"));
  made.replaceKey("/SubFilter", name("ETSI.CAdES.detached"));
  made.replaceKey("/M", Object::newString(pdf_date(at)));
  made.replaceKey("/Reason", Object::newString("Payload SHA-256 " + core::to_hex(payload_sha256)));
  made.replaceKey("/Reference", no_changes());
  made.replaceKey("/ByteRange", Object::parse(std::string(range_to_come())));
  made.replaceKey("/Contents", Object::newString(std::string(kSealBytes, '\0')));
  return made;
}

// A field that is nowhere to be seen: what it says stands in the foot of each page.
void add_signature(QPDF& pdf, const Object& seal) {
  Object page = QPDFPageDocumentHelper(pdf).getAllPages().front().getObjectHandle();
  Object field = Object::newDictionary();
  field.replaceKey("/Type", name("Annot"));
  field.replaceKey("/Subtype", name("Widget"));
  field.replaceKey("/FT", name("Sig"));
  field.replaceKey("/T", Object::newString("seal"));
  field.replaceKey("/F", Object::newInteger(0x84));  // printed, locked
  field.replaceKey("/Rect", Object::newArray(Object::Rectangle(0, 0, 0, 0)));
  field.replaceKey("/P", page);
  field.replaceKey("/V", seal);
  field = pdf.makeIndirectObject(field);
  Object only = Object::newArray();
  only.appendItem(field);
  page.replaceKey("/Annots", only);
  Object form = Object::newDictionary();
  form.replaceKey("/Fields", only.shallowCopy());
  form.replaceKey("/SigFlags", Object::newInteger(3));  // there are signatures; append only
  pdf.getRoot().replaceKey("/AcroForm", form);
  Object permissions = Object::newDictionary();
  permissions.replaceKey("/DocMDP", seal);
  pdf.getRoot().replaceKey("/Perms", permissions);
}

std::string write(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setMinimumPDFVersion("1.7");
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setDeterministicID(true);
  // Every stream stays as it is: Cairo's are compressed, of the attachments those that should be.
  writer.setCompressStreams(false);
  writer.setDecodeLevel(qpdf_dl_none);
  writer.write();
  const std::shared_ptr<Buffer> bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

// No exception of qpdf leaves this file.
template <typename Change>
Result<std::string> rewritten(const Printed& printed, catalogue::Language language,
                              const std::vector<Attachment>& attachments, const Change& change) {
  const auto failed = core::fail(ErrorCode::kInternal, "the file could not be put together");
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("pages", printed.bytes.data(), printed.bytes.size());
    describe(pdf, language);
    describe_structure(pdf, printed.figures);
    attach(pdf, attachments);
    change(pdf);
    std::string bytes = write(pdf);
    if (pdf.anyWarnings()) return failed;
    return bytes;
  } catch (const std::exception&) {
    return failed;
  }
}

}  // namespace

Result<std::string> complete(const Printed& printed, catalogue::Language language,
                             const std::vector<Attachment>& attachments) {
  return rewritten(printed, language, attachments, [](QPDF&) {});
}

Result<std::string> complete_for_seal(const Printed& printed, catalogue::Language language,
                                      const std::vector<Attachment>& attachments,
                                      core::ByteView payload_sha256, core::UtcTime at) {
  HEYAN_TRY(std::string file, rewritten(printed, language, attachments, [&](QPDF& pdf) {
              add_signature(pdf, pdf.makeIndirectObject(signature(payload_sha256, at)));
            }));
  HEYAN_CHECK_OK(settle_range(file));
  return file;
}

}  // namespace heyan::pdf
