package objects

import "slices"

// cloudInit follows the CRD of node-manager, charts/harvester-node-manager.
var cloudInit = definition{
	apiVersion: "node.harvesterhci.io/v1beta1", kind: "CloudInit", plural: "cloudinits", clusterScoped: true, withStatus: true,
	schema: schema{Required: []string{"spec"}, Properties: properties{
		"spec": {Type: "object", Required: []string{"contents", "filename", "matchSelector"}, Properties: properties{
			"contents": aString, "filename": aString, "matchSelector": mapOf(aString), "paused": aBoolean,
		}},
		"status": {Type: "object", Properties: properties{
			"rollouts": mapOf(schema{Type: "object", Properties: properties{"conditions": conditions("True", "False", "Unknown")}}),
		}},
	}},
}

// plan follows the documentation of rancher/system-upgrade-controller.
var plan = definition{
	apiVersion: "upgrade.cattle.io/v1", kind: "Plan", plural: "plans", withStatus: true,
	schema: object(properties{
		"spec": object(properties{
			"concurrency": anInteger, "jobActiveDeadlineSecs": anInteger, "exclusive": aBoolean, "cordon": aBoolean,
			"version": aString, "channel": aString, "serviceAccountName": aString, "priorityClassName": aString, "postCompleteDelay": aString,
			"nodeSelector": object(properties{"matchLabels": mapOf(aString), "matchExpressions": listOf(object(properties{"key": aString, "operator": aString, "values": listOf(aString)}, "key", "operator"))}),
			"secrets":      listOf(object(properties{"name": aString, "path": aString, "ignoreUpdates": aBoolean})),
			"tolerations":  listOf(object(properties{"key": aString, "operator": aString, "value": aString, "effect": aString})),
			"drain":        anObject,
			"upgrade":      object(properties{"image": aString, "command": listOf(aString), "args": listOf(aString)}),
			"prepare":      object(properties{"image": aString, "command": listOf(aString), "args": listOf(aString)}),
		}, "upgrade"),
		"status": anObject,
	}),
	columns: []column{text("Image", ".spec.upgrade.image"), text("Channel", ".spec.channel"), text("Version", ".spec.version")},
}

var resources = object(properties{"limits": mapOf(aQuantity), "requests": mapOf(aQuantity)})

// domain is the part of a machine's description that decides about memory and processors.
var domain = object(properties{
	"resources": resources,
	"memory":    object(properties{"guest": aQuantity, "maxGuest": aQuantity}),
	"cpu":       object(properties{"cores": anInteger, "sockets": anInteger, "threads": anInteger, "maxSockets": anInteger}),
	"devices":   anObject,
}, "devices")

var machineSpec = object(properties{"domain": domain, "evictionStrategy": aString, "terminationGracePeriodSeconds": anInteger}, "domain")

// kubeVirt follows the API types of kubevirt.io/api.
var kubeVirt = []definition{
	{
		apiVersion: "kubevirt.io/v1", kind: "VirtualMachine", plural: "virtualmachines", withStatus: true,
		schema: object(properties{
			"spec": object(properties{
				"running": aBoolean, "runStrategy": oneOf("Always", "Halted", "Manual", "RerunOnFailure", "Once", "WaitAsReceiver"),
				"template": object(properties{"metadata": nullable(anObject), "spec": machineSpec}, "spec"),
			}, "template"),
			"status": anObject,
		}, "spec"),
		columns: []column{age, text("Status", ".status.printableStatus"), text("Ready", `.status.conditions[?(@.type=='Ready')].status`)},
	},
	{
		apiVersion: "kubevirt.io/v1", kind: "VirtualMachineInstance", plural: "virtualmachineinstances", withStatus: true,
		schema:  object(properties{"spec": machineSpec, "status": anObject}, "spec"),
		columns: []column{age, text("Phase", ".status.phase"), text("IP", ".status.interfaces[0].ipAddress"), text("NodeName", ".status.nodeName")},
	},
	{
		apiVersion: "kubevirt.io/v1", kind: "VirtualMachineInstanceMigration", plural: "virtualmachineinstancemigrations", withStatus: true,
		schema:  object(properties{"spec": object(properties{"vmiName": aString}), "status": anObject}, "spec"),
		columns: []column{text("Phase", ".status.phase"), text("VMI", ".spec.vmiName")},
	},
	{apiVersion: "kubevirt.io/v1", kind: "KubeVirt", plural: "kubevirts", withStatus: true, columns: []column{age, text("Phase", ".status.phase")}},
}

// harvesterSetting has its value beside its metadata.
var harvesterSetting = definition{
	apiVersion: "harvesterhci.io/v1beta1", kind: "Setting", plural: "settings", clusterScoped: true,
	schema:  object(properties{"value": aString, "default": aString, "customized": aBoolean, "source": aString, "status": anObject}),
	columns: []column{text("Value", ".value"), age},
}

// rancher follows the types of rancher/rancher, pkg/apis/management.cattle.io/v3.
var rancher = []definition{
	{
		apiVersion: "management.cattle.io/v3", kind: "Setting", plural: "settings", clusterScoped: true,
		schema:  object(properties{"value": aString, "default": aString, "customized": aBoolean, "source": aString}, "value"),
		columns: []column{text("Value", ".value"), age},
	},
	{
		apiVersion: "management.cattle.io/v3", kind: "Feature", plural: "features", clusterScoped: true, withStatus: true,
		schema: object(properties{
			"spec":   object(properties{"value": nullable(aBoolean)}),
			"status": object(properties{"default": aBoolean, "description": aString, "dynamic": aBoolean, "lockedValue": nullable(aBoolean)}),
		}),
		columns: []column{{"Value", ".spec.value", "boolean"}, age},
	},
	{apiVersion: "management.cattle.io/v3", kind: "Cluster", plural: "clusters", clusterScoped: true, withStatus: true},
	{apiVersion: "management.cattle.io/v3", kind: "User", plural: "users", clusterScoped: true, withStatus: true},
	{apiVersion: "management.cattle.io/v3", kind: "AuthConfig", plural: "authconfigs", clusterScoped: true},
	{apiVersion: "management.cattle.io/v3", kind: "Project", plural: "projects", withStatus: true},
	{apiVersion: "provisioning.cattle.io/v1", kind: "Cluster", plural: "clusters", withStatus: true},
	{apiVersion: "catalog.cattle.io/v1", kind: "UIPlugin", plural: "uiplugins", withStatus: true},
	{apiVersion: "catalog.cattle.io/v1", kind: "ClusterRepo", plural: "clusterrepos", clusterScoped: true, withStatus: true},
	{apiVersion: "catalog.cattle.io/v1", kind: "App", plural: "apps", withStatus: true},
	{apiVersion: "catalog.cattle.io/v1", kind: "Operation", plural: "operations", withStatus: true},
	{apiVersion: "ui.cattle.io/v1", kind: "NavLink", plural: "navlinks", clusterScoped: true},
}

// around are kinds of which only the names matter here.
var around = []definition{
	{apiVersion: "node.harvesterhci.io/v1beta1", kind: "NodeConfig", plural: "nodeconfigs", withStatus: true},
	{apiVersion: "node.harvesterhci.io/v1beta1", kind: "Hugepage", plural: "hugepages", clusterScoped: true, withStatus: true},
	{apiVersion: "node.harvesterhci.io/v1beta1", kind: "Ksmtuned", plural: "ksmtuneds", clusterScoped: true, withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "Upgrade", plural: "upgrades", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "UpgradeLog", plural: "upgradelogs", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "Version", plural: "versions"},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "Addon", plural: "addons", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "ResourceQuota", plural: "resourcequotas", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "VirtualMachineImage", plural: "virtualmachineimages", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "VirtualMachineTemplate", plural: "virtualmachinetemplates", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "VirtualMachineTemplateVersion", plural: "virtualmachinetemplateversions", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "KeyPair", plural: "keypairs", withStatus: true},
	{apiVersion: "harvesterhci.io/v1beta1", kind: "SupportBundle", plural: "supportbundles", withStatus: true},
	{apiVersion: "management.harvesterhci.io/v1beta1", kind: "UpgradePlan", plural: "upgradeplans", clusterScoped: true, withStatus: true},
	{apiVersion: "network.harvesterhci.io/v1beta1", kind: "ClusterNetwork", plural: "clusternetworks", clusterScoped: true, withStatus: true},
	{apiVersion: "network.harvesterhci.io/v1beta1", kind: "VlanConfig", plural: "vlanconfigs", clusterScoped: true, withStatus: true},
	{apiVersion: "network.harvesterhci.io/v1beta1", kind: "VlanStatus", plural: "vlanstatuses", clusterScoped: true, withStatus: true},
	{apiVersion: "network.harvesterhci.io/v1beta1", kind: "LinkMonitor", plural: "linkmonitors", clusterScoped: true, withStatus: true},
	{apiVersion: "longhorn.io/v1beta2", kind: "Setting", plural: "settings", withStatus: true},
	{apiVersion: "longhorn.io/v1beta2", kind: "Node", plural: "nodes", withStatus: true},
	{apiVersion: "longhorn.io/v1beta2", kind: "Volume", plural: "volumes", withStatus: true},
	{apiVersion: "k8s.cni.cncf.io/v1", kind: "NetworkAttachmentDefinition", plural: "network-attachment-definitions"},
}

func definitions() []definition {
	return slices.Concat([]definition{cloudInit, plan, harvesterSetting}, kubeVirt, rancher, around)
}
