package objects

import apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

type (
	schema     = apiextensionsv1.JSONSchemaProps
	properties = map[string]apiextensionsv1.JSONSchemaProps
)

// open lets an object have fields that its schema does not name.
func open(s schema) schema {
	yes := true
	s.XPreserveUnknownFields = &yes
	return s
}

func object(fields properties, required ...string) schema {
	return open(schema{Type: "object", Properties: fields, Required: required})
}

func listOf(items schema) schema {
	return schema{Type: "array", Items: &apiextensionsv1.JSONSchemaPropsOrArray{Schema: &items}}
}

func mapOf(values schema) schema {
	return schema{Type: "object", AdditionalProperties: &apiextensionsv1.JSONSchemaPropsOrBool{Allows: true, Schema: &values}}
}

func oneOf(values ...string) schema {
	s := aString
	for _, value := range values {
		s.Enum = append(s.Enum, apiextensionsv1.JSON{Raw: []byte(`"` + value + `"`)})
	}
	return s
}

func nullable(s schema) schema {
	s.Nullable = true
	return s
}

var (
	aString   = schema{Type: "string"}
	aBoolean  = schema{Type: "boolean"}
	anInteger = schema{Type: "integer", Format: "int64"}
	aQuantity = schema{XIntOrString: true, AnyOf: []schema{{Type: "integer"}, {Type: "string"}}}
	aTime     = schema{Type: "string", Format: "date-time"}
	anything  = open(schema{})
	anObject  = open(schema{Type: "object"})
)

// conditions are those of meta/v1.
func conditions(states ...string) schema {
	return listOf(object(properties{
		"type": aString, "status": oneOf(states...), "reason": aString, "message": aString, "lastTransitionTime": aTime,
	}, "type", "status"))
}
