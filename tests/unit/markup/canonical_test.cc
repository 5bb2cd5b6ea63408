// Canonical XML, held against the examples of the recommendations.
#include "verifier/markup/canonical.h"

#include <gtest/gtest.h>

namespace heyan::markup {
namespace {

using Form = Canonical::Form;

Document parse(std::string_view text) { return Document::read(core::as_bytes(text)).value(); }

TEST(CanonicalXml, WritesTagsAsSection33Says) {
  const Document document = parse(
      "<doc>\n   <e1   />\n   <e3   name = \"elem3\"   id=\"elem3\"   />\n"
      "   <e5 a:attr=\"out\" b:attr=\"sorted\" attr2=\"all\" attr=\"I'm\"\n"
      "      xmlns:b=\"http://www.ietf.org\"\n      xmlns:a=\"http://www.w3.org\"\n"
      "      xmlns=\"http://example.org\"/>\n</doc>");
  EXPECT_EQ(canonical(document, {}).value(),
            "<doc>\n   <e1></e1>\n   <e3 id=\"elem3\" name=\"elem3\"></e3>\n"
            "   <e5 xmlns=\"http://example.org\" xmlns:a=\"http://www.w3.org\" "
            "xmlns:b=\"http://www.ietf.org\" attr=\"I'm\" attr2=\"all\" b:attr=\"sorted\" "
            "a:attr=\"out\"></e5>\n</doc>");
}

TEST(CanonicalXml, KeepsCommentsWhereTheyAreWanted) {
  const Document document = parse("<?xml version='1.0'?><!-- 1 --><?p i?>\n<a>x<!-- 2 --></a>");
  EXPECT_EQ(canonical(document, {}).value(), "<?p i?>\n<a>x</a>");
  EXPECT_EQ(canonical(document, {.comments = true}).value(),
            "<!-- 1 -->\n<?p i?>\n<a>x<!-- 2 --></a>");
  EXPECT_EQ(canonical(document, document.root(), {.comments = true}).value(), "<a>x<!-- 2 --></a>");
}

TEST(CanonicalXml, GivesAnElementWhatItInherits) {
  const Document document = parse(
      "<a xmlns='urn:a' xmlns:p='urn:p' xmlns:q='urn:q' xml:lang='de' "
      "xml:id='x'><p:b><c/></p:b></a>");
  const Element b = document.root().first();
  EXPECT_EQ(canonical(document, b, {}).value(),
            "<p:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" xml:id=\"x\" "
            "xml:lang=\"de\"><c></c></p:b>");
  // 1.1 does not hand xml:id on (section 2.4).
  EXPECT_EQ(canonical(document, b, {.form = Form::k11}).value(),
            "<p:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" "
            "xml:lang=\"de\"><c></c></p:b>");
  EXPECT_EQ(canonical(document, b, {.form = Form::kExclusive}).value(),
            "<p:b xmlns:p=\"urn:p\"><c xmlns=\"urn:a\"></c></p:b>");
  const std::vector<std::string> prefixes = {"q", ""};
  EXPECT_EQ(
      canonical(document, b, {.form = Form::kExclusive, .inclusive_prefixes = prefixes}).value(),
      "<p:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"><c></c></p:b>");
}

TEST(CanonicalXml, LeavesTheEnvelopedSignatureOut) {
  const Document document = parse("<a>1<s xmlns='urn:s'><v>2</v></s>3<b>4</b></a>");
  const Element signature = document.root().first();
  EXPECT_EQ(canonical(document, {.without = signature}).value(), "<a>13<b>4</b></a>");
  EXPECT_EQ(canonical(document, document.root(), {.without = signature}).value(),
            "<a>13<b>4</b></a>");
  EXPECT_EQ(canonical(document, signature, {.without = signature}).value(), "");
  EXPECT_EQ(canonical(document, signature, {.without = signature.first()}).value(),
            "<s xmlns=\"urn:s\"></s>");
}

TEST(CanonicalXml, IsNothingOfNothing) {
  const Document document = parse("<a/>");
  EXPECT_EQ(canonical(document, Element(), {}).value(), "");
}

TEST(CanonicalXml, RefusesRelativeAddressesOfNamespaces) {
  const Document document = parse("<a xmlns='relative'/>");
  EXPECT_FALSE(canonical(document, {}).has_value());
}

}  // namespace
}  // namespace heyan::markup
