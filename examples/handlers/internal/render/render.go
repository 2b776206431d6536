// Package render writes documents from the templates that are compiled into the binary.
package render

import (
	"embed"
	"io"
	"text/template"
)

//go:embed templates
var files embed.FS

var templates = template.Must(template.ParseFS(files, "templates/*.tmpl"))

// Document writes the template of that name, filled with data.
func Document(w io.Writer, name string, data any) error {
	return templates.ExecuteTemplate(w, name+".tmpl", data)
}
