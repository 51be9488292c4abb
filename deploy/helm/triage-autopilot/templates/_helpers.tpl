{{- define "triage.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 53 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "triage.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "triage.labels" -}}
{{ include "triage.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "triage.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{- define "triage.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "triage.name" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end -}}

{{- define "triage.secretData" -}}
{{- $missing := "set secret.existing to the name of a Secret that has it, or set it here" -}}
{{- $_ := required (printf "secret.values.TRIAGE_DATABASE_URL is missing: %s" $missing) .Values.secret.values.TRIAGE_DATABASE_URL -}}
{{- $_ := required (printf "secret.values.TRIAGE_SECRET_KEY is missing: %s" $missing) .Values.secret.values.TRIAGE_SECRET_KEY -}}
{{- range $name, $value := .Values.secret.values }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "triage.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "triage.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "triage.scratch" -}}
- name: home
  emptyDir:
    sizeLimit: 1Gi
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: 256Mi
{{- end -}}

{{- define "triage.scratchMounts" -}}
- name: home
  mountPath: /data
- name: tmp
  mountPath: /tmp
{{- end -}}

{{- define "triage.settings" -}}
- name: TRIAGE_HOME
  value: /data
{{- range $name, $value := .Values.config }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}
