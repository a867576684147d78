// Walks through an XML text by expat: an element begins, text, an element ends. Names come without their namespaces'
// prefixes, which every program chooses for itself. A text with a document type is not walked through. For xlsx_parts.

#pragma once

#include <string_view>

namespace luytre::tables {

class XmlWalk {
 public:
  virtual ~XmlWalk() = default;
  // The value of an attribute of the element that begins, by local name; empty when absent.
  class Attributes {
   public:
    explicit Attributes(const char** raw) : raw_(raw) {}
    std::string_view get(std::string_view name) const;

   private:
    const char** raw_;
  };

  virtual void begin(std::string_view name, const Attributes& attributes) = 0;
  virtual void text(std::string_view) {}
  virtual void end(std::string_view) {}
  // False: it is not well-formed, or has a document type. Ends early, true, once stop() was called.
  bool walk(std::string_view xml);
  bool stopped() const { return stopped_; }

 protected:
  void stop() { stopped_ = true; }

 private:
  bool stopped_ = false;
};

}  // namespace luytre::tables
