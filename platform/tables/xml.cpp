#include "platform/tables/xml.h"

#include <expat.h>

#include <memory>
#include <new>
#include <type_traits>

namespace luytre::tables {
namespace {

constexpr XML_Char kParts = '|';  // between a namespace and a local name

std::string_view local(std::string_view name) {
  return name.substr(name.rfind(kParts) + 1);
}

struct Walked {
  XmlWalk* walk;
  XML_Parser parser;
  bool typed = false;  // has a document type

  void go_on() const {
    if (walk->stopped()) XML_StopParser(parser, XML_FALSE);
  }
};

void XMLCALL on_begin(void* data, const XML_Char* name, const XML_Char** attributes) {
  auto& walked = *static_cast<Walked*>(data);
  if (walked.walk->stopped()) return;
  walked.walk->begin(local(name), XmlWalk::Attributes(attributes));
  walked.go_on();
}

void XMLCALL on_text(void* data, const XML_Char* text, int size) {
  auto& walked = *static_cast<Walked*>(data);
  if (walked.walk->stopped()) return;
  walked.walk->text({text, static_cast<std::size_t>(size)});
  walked.go_on();
}

void XMLCALL on_end(void* data, const XML_Char* name) {
  auto& walked = *static_cast<Walked*>(data);
  if (walked.walk->stopped()) return;
  walked.walk->end(local(name));
  walked.go_on();
}

void XMLCALL on_type(void* data, const XML_Char*, const XML_Char*, const XML_Char*, int) {
  auto& walked = *static_cast<Walked*>(data);
  walked.typed = true;
  XML_StopParser(walked.parser, XML_FALSE);
}

}  // namespace

std::string_view XmlWalk::Attributes::get(std::string_view name) const {
  for (const char** one = raw_; *one; one += 2)
    if (local(one[0]) == name) return one[1];
  return {};
}

bool XmlWalk::walk(std::string_view xml) {
  stopped_ = false;
  const std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)> parser(
      XML_ParserCreateNS(nullptr, kParts), &XML_ParserFree);
  if (!parser) throw std::bad_alloc();
  Walked walked{this, parser.get()};
  XML_SetUserData(parser.get(), &walked);
  XML_SetElementHandler(parser.get(), on_begin, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_type);
  const auto status = XML_Parse(parser.get(), xml.data(), static_cast<int>(xml.size()), XML_TRUE);
  return !walked.typed && (status == XML_STATUS_OK || stopped_);
}

}  // namespace luytre::tables
